package io.leakwatch.registry;

import io.leakwatch.registry.MonitorSnapshots.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Who holds the monitors that virtual threads are blocked at, as far as those that hold them are parked, or blocked themselves.
 *
 * <p>Nothing stands still while it looks, so the answer is right of holders that stand still: one that has not run since before,
 * and has the monitor now, has had it all the while. Threads in {@code Object.wait} do not count as holders, which have let go of
 * what their frames still show.
 */
public final class MonitorOwners {
  private static final int MAX_BLOCKED = 1_000;

  /** About 30 µs each. */
  private static final int MAX_HOLDERS = 20_000;

  private static final int NO_STATE = -2;

  private MonitorOwners() {}

  /** Of blocked virtual threads, by number, the number of the thread that holds what each waits for; not of all. */
  public static Map<Long, Long> ofVirtualThreads() {
    List<Thread> blocked = blocked();
    if (blocked.isEmpty() || !MonitorSnapshots.areAvailable()) {
      return Map.of();
    }
    // By identity: monitors of one class may have equal hashes.
    IdentityHashMap<Object, List<Long>> waiters = new IdentityHashMap<>();
    for (Thread thread : blocked) {
      Snapshot snapshot = MonitorSnapshots.of(thread);
      Object monitor = snapshot == null ? null : snapshot.objects().get(snapshot.blockedAt());
      if (monitor != null) {
        waiters.computeIfAbsent(monitor, m -> new ArrayList<>()).add(PlatformThreads.id(thread));
      }
    }
    Map<Long, Long> owners = new HashMap<>();
    for (Thread thread : motionless()) {
      addHeld(thread, waiters, owners);
    }
    return owners;
  }

  private static List<Thread> blocked() {
    return some(MAX_BLOCKED, MonitorSnapshots::isBlocked);
  }

  private static List<Thread> motionless() {
    int parked = VirtualThreads.stateNamed("PARKED", NO_STATE);
    return some(
        MAX_HOLDERS,
        thread -> VirtualThreads.state(thread) == parked || MonitorSnapshots.isBlocked(thread));
  }

  private static List<Thread> some(int most, Predicate<Thread> wanted) {
    List<Thread> some = new ArrayList<>();
    try {
      VirtualThreads.forEach(thread -> {
        if (some.size() < most && wanted.test(thread)) {
          some.add(thread);
        }
      });
    } catch (Throwable e) {
      throw new IllegalStateException("virtual threads cannot be enumerated: " + e, e);
    }
    return some;
  }

  private static void addHeld(
      Thread holder, IdentityHashMap<Object, List<Long>> waiters, Map<Long, Long> owners) {
    Snapshot snapshot = MonitorSnapshots.of(holder);
    if (snapshot == null) {
      return;
    }
    for (MonitorBooks.Monitor held : snapshot.held()) {
      Object monitor = snapshot.objects().get(held);
      for (long waiter :
          monitor == null ? List.<Long>of() : waiters.getOrDefault(monitor, List.of())) {
        owners.put(waiter, PlatformThreads.id(holder));
      }
    }
  }
}
