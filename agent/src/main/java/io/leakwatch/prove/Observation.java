package io.leakwatch.prove;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What was seen of a JVM's threads around the moment of the dump, which the dump itself cannot tell. A value.
 *
 * @param still the platform threads, by their number, that were seen not to run from the first look on until after the dump
 * @param complete whether each other platform thread has run, or is new; otherwise nothing is known of it
 * @param highest the highest number of a platform thread at the first look; 0 when there was none
 * @param stuckBefore the virtual threads that could not be woken in an earlier dump either
 * @param owners of threads that were blocked at a monitor, by number, the number of the thread that held it
 * @param stoodFor how long it was from the first look to the dump; zero when there was none
 */
public record Observation(
    Set<Long> still,
    boolean complete,
    long highest,
    Stuck stuckBefore,
    Map<Long, Long> owners,
    Duration stoodFor) {

  /** Nothing is known but the dump. */
  public static final Observation NONE =
      new Observation(Set.of(), false, 0, Stuck.NONE, Map.of(), Duration.ZERO);

  public Observation {
    still = Set.copyOf(still);
    owners = Map.copyOf(owners);
  }

  /** Whether there is nothing that confirms a proof. */
  boolean isEmpty() {
    return !complete && still.isEmpty() && stuckBefore.waitsFor().isEmpty();
  }

  /** Whether it is certain that a thread which waits in the dump had been standing, and was not on its way to run. */
  boolean confirms(DumpedThread thread) {
    if (thread.virtual() && thread.waits() == Wait.MONITOR) {
      // Who has it was asked after the dump: if that one never runs again, then it has had it
      // since.
      return owners.containsKey(thread.tid());
    }
    return thread.virtual()
        ? Long.valueOf(thread.waitsFor()).equals(stuckBefore.waitsFor().get(thread.tid()))
        : still.contains(thread.tid());
  }

  /** Whether a thread was seen to run. */
  boolean refutes(DumpedThread thread) {
    return complete && !thread.virtual() && !still.contains(thread.tid());
  }
}
