package io.leakwatch.sample;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The threads of which a proof from a heap dump has shown that they never run again, as somebody outside of this JVM has told.
 * Known by their numbers, which no other thread ever gets: nothing here holds a thread. Immutable.
 */
public final class ProvenThreads {
  /** Nothing was proven. */
  public static final ProvenThreads NONE = new ProvenThreads("nothing", 0, 0, List.of(), List.of());

  private final String source;
  private final long settledPlatform;
  private final long settledVirtual;
  private final long[] proven;
  private final long[] found;

  /**
   * What was proven.
   *
   * @param source what proved it and when, such as {@code heap dump of 2026-01-31T12:00:00Z}
   * @param settledPlatform the highest number of a platform thread that the proof could be about: those with higher ones were
   *     made later than it must have been watched
   * @param settledVirtual the same of virtual threads
   * @param proven the numbers of those that never run again
   * @param found the numbers of all that the proof says anything of
   */
  public ProvenThreads(
      String source,
      long settledPlatform,
      long settledVirtual,
      Collection<Long> proven,
      Collection<Long> found) {
    this.source = source;
    this.settledPlatform = settledPlatform;
    this.settledVirtual = settledVirtual;
    this.proven = sorted(proven);
    this.found = sorted(found);
  }

  String source() {
    return source;
  }

  boolean isEmpty() {
    return found.length == 0;
  }

  /** Whether a thread was there already when those were first looked at that were proven; else nothing can be said of it. */
  boolean covers(long thread, boolean virtual) {
    return thread <= (virtual ? settledVirtual : settledPlatform);
  }

  boolean isProven(long thread) {
    return Arrays.binarySearch(proven, thread) >= 0;
  }

  boolean isFound(long thread) {
    return Arrays.binarySearch(found, thread) >= 0;
  }

  private static long[] sorted(Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sorted().toArray();
  }
}
