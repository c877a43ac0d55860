package io.leakwatch.prove;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What was seen of a JVM's threads around the moment of the dump, which the dump itself cannot tell. A value.
 *
 * @param confirmed whether anything was seen at all; of a bare file nothing is
 * @param still the threads, by their number, that were seen not to run, or to stand at the same place, before the dump and
 *     after it
 * @param owners of threads that were blocked at a monitor, by number, the number of the thread that held it
 * @param stoodFor how long they were watched up to the dump
 */
public record Observation(
    boolean confirmed, Set<Long> still, Map<Long, Long> owners, Duration stoodFor) {

  /** Nothing is known but the dump. */
  public static final Observation NONE = new Observation(false, Set.of(), Map.of(), Duration.ZERO);

  public Observation {
    still = Set.copyOf(still);
    owners = Map.copyOf(owners);
  }

  /** Whether a thread may have run, so that what the dump says of its wait is not certain. */
  boolean mayHaveRun(long tid) {
    return confirmed && !still.contains(tid);
  }
}
