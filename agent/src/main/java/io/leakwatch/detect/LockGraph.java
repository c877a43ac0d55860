package io.leakwatch.detect;

import io.leakwatch.sample.HeldLock;
import io.leakwatch.sample.HeldLock.Wait;
import io.leakwatch.sample.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The locks of one sample: from each leads one way at most, to the lock that its holder waits for. */
final class LockGraph {
  private final Map<Long, HeldLock> byNumber = new HashMap<>();
  private final List<HeldLock> locks;

  LockGraph(Sample sample) {
    locks = sample.heldLocks();
    locks.forEach(lock -> byNumber.put(lock.number(), lock));
  }

  /** The lock of that number; {@code null} when the sample has none. */
  @Nullable
  HeldLock get(long number) {
    return byNumber.get(number);
  }

  /** The circles, each once, the lowest number first. */
  List<List<HeldLock>> cycles() {
    List<List<HeldLock>> cycles = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (HeldLock start : locks) {
      Set<HeldLock> path = new LinkedHashSet<>();
      HeldLock lock = start;
      while (lock != null && seen.add(lock.number())) {
        path.add(lock);
        lock = next(lock);
      }
      if (lock != null && path.contains(lock)) {
        List<HeldLock> cycle = new ArrayList<>(path);
        cycle = cycle.subList(cycle.indexOf(lock), cycle.size());
        HeldLock first = Collections.min(cycle, Comparator.comparing(HeldLock::number));
        Collections.rotate(cycle, -cycle.indexOf(first));
        cycles.add(List.copyOf(cycle));
      }
    }
    return cycles;
  }

  /** Whether a lock comes free by itself as far as can be seen: at the end of its way somebody is at work. */
  boolean hasWorkingHolder(HeldLock lock) {
    Set<Long> seen = new HashSet<>();
    HeldLock at = lock;
    while (seen.add(at.number())) {
      HeldLock next = next(at);
      if (next == null) {
        return !at.holder().ended();
      }
      at = next;
    }
    return false;
  }

  private @Nullable HeldLock next(HeldLock lock) {
    Wait wait = lock.holder().waitsFor();
    return wait == null ? null : byNumber.get(wait.lock());
  }
}
