package io.leakwatch.sample;

import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The threads that are blocked at two samples in a row: a limited number of them, and the same ones as long as they are
 * blocked. Holds threads for the time of one sample. Not thread-safe.
 */
final class BlockedThreads {
  private final int limit;
  private Set<Long> before = new HashSet<>();
  private List<LiveThread> still = new ArrayList<>();
  private List<LiveThread> others = new ArrayList<>();

  BlockedThreads(int limit) {
    this.limit = limit;
  }

  void offer(LiveThread blocked) {
    if (before.contains(blocked.id())) {
      still.add(blocked);
    } else if (others.size() < limit) {
      others.add(blocked);
    }
  }

  /** Those that were blocked at the sample before as well. */
  List<LiveThread> still() {
    return still;
  }

  /** Whether more may be so than {@link #still()} has. */
  boolean areLimited() {
    return before.size() == limit;
  }

  /** Lets go of the threads. */
  void endSample() {
    Set<Long> ids = new HashSet<>();
    Stream.concat(still.stream(), others.stream()).limit(limit).forEach(live -> ids.add(live.id()));
    before = ids;
    still = new ArrayList<>();
    others = new ArrayList<>();
  }
}
