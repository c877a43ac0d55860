package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;

/**
 * The scheduler of virtual threads at a sample.
 *
 * @param carriers how many there are
 * @param waiting virtual threads that wait for a carrier, and timers that would wake one
 * @param starvedFor for how long all carriers have been with the same virtual threads while others waited at each sample
 * @param held the carriers that have been with the same virtual thread, the longest first; empty in all but the newest
 *     sample
 */
public record Scheduler(int carriers, long waiting, Duration starvedFor, List<HeldCarrier> held) {
  /** Of a JVM without virtual threads, or where the JDK does not tell. */
  public static final Scheduler UNKNOWN = new Scheduler(0, 0, Duration.ZERO, List.of());

  public Scheduler {
    held = List.copyOf(held);
  }

  Scheduler withoutDetails() {
    return held.isEmpty() ? this : new Scheduler(carriers, waiting, starvedFor, List.of());
  }
}
