package io.leakwatch.sample;

import io.leakwatch.registry.MonitorBooks;
import io.leakwatch.registry.MonitorBooks.Monitor;
import io.leakwatch.registry.MonitorBooks.Wait;
import io.leakwatch.registry.MonitorSnapshots;
import io.leakwatch.registry.MonitorSnapshots.Snapshot;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the monitors that threads have been blocked at for two samples, and who holds each. Most JVMs never have such
 * threads, and never load what tells of monitors.
 *
 * <p>Of platform threads the JVM says both, unless a virtual thread holds it. Of virtual threads it says neither: there
 * snapshots are taken of those that are blocked, and of the blocked or parked threads that may hold what is waited for.
 * Who is at work is searched only for a monitor that many wait at.
 */
final class MonitorWaits {
  /** As the entry of a wait that the JVM does not count. */
  static final long UNCOUNTED = -1;

  /** From so many waiters on the holder of a monitor is searched. */
  static final int CROWD = 8;

  /** As many threads that are blocked at monitors are asked about. That costs about 1 µs each. */
  private static final int MAX_BLOCKED = 10_000;

  /** As many snapshots are taken of each kind: virtual and blocked, platform and blocked, parked. About 30 µs each. */
  private static final int MAX_SNAPSHOTS = 256;

  /** No thread's identifier: nobody, or a virtual thread. */
  private static final long UNKNOWN = -1;

  /** The answers differ, by a change of hands or by two monitors that look the same. */
  private static final long UNCLEAR = -2;

  private final BlockedThreads blocked = new BlockedThreads(MAX_BLOCKED);
  private final BlockedThreads blockedVirtual = new BlockedThreads(MAX_SNAPSHOTS);
  private final HolderSearch holderSearch = new HolderSearch();
  private List<LiveThread> parked = new ArrayList<>();
  private boolean virtualSeen;
  private boolean snapshotsTaken;

  private Map<Long, LiveThread> waiters = new LinkedHashMap<>();
  private List<Thread> asked = new ArrayList<>();
  private Map<Long, Wait> waits = new LinkedHashMap<>();
  private Map<Monitor, Long> owners = new HashMap<>();
  private Map<Long, Thread> ownerThreads = new HashMap<>();
  private Map<Monitor, Object> objects = new HashMap<>();

  /** Takes note of a thread that is parked for no lock. */
  void offer(LiveThread live) {
    virtualSeen |= live.virtual();
    if (live.virtual() && MonitorSnapshots.isBlocked(live.thread())) {
      blockedVirtual.offer(live);
    } else if (!live.virtual() && PlatformThreads.state(live.thread()) == Thread.State.BLOCKED) {
      blocked.offer(live);
    } else {
      holderSearch.offer(live);
    }
  }

  /** Takes note of a thread that is parked for a lock: it may hold monitors as well. */
  void offerParked(LiveThread live) {
    virtualSeen |= live.virtual();
    if (parked.size() < MAX_SNAPSHOTS) {
      parked.add(live);
    } else {
      holderSearch.offer(live);
    }
  }

  /** Asks about those that were blocked at the sample before as well. */
  void look() {
    List<LiveThread> platform = blocked.still();
    List<LiveThread> virtual = blockedVirtual.still();
    asked = platform.stream().map(LiveThread::thread).toList();
    platform.forEach(live -> waiters.put(live.id(), live));
    virtual.forEach(live -> waiters.put(live.id(), live));
    List<Wait> told = asked.isEmpty() ? List.of() : MonitorBooks.waits(asked);
    told.forEach(wait -> waits.put(wait.thread(), wait));
    owners = owners(told);
    if (!owners.isEmpty()) {
      ownerThreads.putAll(MonitorBooks.threads(owners.values()));
    }
    boolean untold = told.size() < asked.size() || owners.containsValue(UNKNOWN);
    snapshotsTaken = !virtual.isEmpty() || (untold && virtualSeen);
    if (snapshotsTaken) {
      takeSnapshots(virtual, platform);
    }
    virtualSeen = false;
  }

  /** Whether more threads may wait than were asked: the JVM tells of all, a snapshot of one thread only. */
  boolean areLimited() {
    return blockedVirtual.areLimited() || blocked.areLimited();
  }

  /** The waits that were found, with who waits. */
  Map<Long, Wait> waits() {
    return waits;
  }

  /** Who is in a wait that was found; {@code null} for any other thread. */
  @Nullable
  LiveThread waiter(long thread) {
    return waiters.get(thread);
  }

  /** The identifier of the thread that holds a monitor; negative when unknown. */
  long owner(Monitor monitor) {
    return owners.getOrDefault(monitor, UNKNOWN);
  }

  /** That thread; {@code null} when unknown. */
  @Nullable
  Thread ownerThread(Monitor monitor) {
    return ownerThreads.get(owner(monitor));
  }

  /** Asks once more who holds what, of the JVM and of some that hold something. */
  Map<Monitor, Long> ownersNow(Collection<Thread> holders) {
    Map<Monitor, Long> now = asked.isEmpty() ? new HashMap<>() : owners(MonitorBooks.waits(asked));
    for (Thread holder : holders) {
      if (snapshotsTaken && ownsUntold(holder, now)) {
        Snapshot snapshot = MonitorSnapshots.of(holder);
        if (snapshot != null) {
          addHeld(now, snapshot, PlatformThreads.id(holder));
        }
      }
    }
    return now;
  }

  /** Lets go of all threads. */
  void clear() {
    blocked.endSample();
    blockedVirtual.endSample();
    holderSearch.endSample();
    parked = new ArrayList<>();
    waiters = new LinkedHashMap<>();
    asked = new ArrayList<>();
    waits = new LinkedHashMap<>();
    owners = new HashMap<>();
    ownerThreads = new HashMap<>();
    objects = new HashMap<>();
  }

  private void takeSnapshots(List<LiveThread> virtual, List<LiveThread> platform) {
    Map<Monitor, Long> held = new HashMap<>();
    Set<Long> looked = new HashSet<>();
    // Before the snapshots: a count that the next sample finds again is that of the wait which a
    // snapshot saw in between.
    Map<Long, Long> entries = asked.isEmpty() ? Map.of() : MonitorBooks.entries(asked);
    List<LiveThread> suspects = new ArrayList<>(virtual);
    suspects.addAll(platform.subList(0, Math.min(MAX_SNAPSHOTS, platform.size())));
    suspects.addAll(parked);
    for (LiveThread live : suspects) {
      Snapshot snapshot = look(live, held, looked);
      Monitor monitor = snapshot == null ? null : snapshot.blockedAt();
      if (monitor != null && waiters.containsKey(live.id())) {
        long entry = live.virtual() ? UNCOUNTED : entries.getOrDefault(live.id(), UNCOUNTED);
        waits.putIfAbsent(live.id(), new Wait(live.id(), entry, monitor, UNKNOWN));
      }
    }
    // Of a monitor whose holder the JVM does not tell, only a snapshot tells which object it is.
    waits
        .values()
        .removeIf(wait -> owner(wait.monitor()) == UNKNOWN && !looked.contains(wait.thread()));
    searchHolders(held, looked);
    held.forEach((monitor, owner) -> owners.merge(monitor, owner, MonitorWaits::agreed));
  }

  /** Of the monitors that many wait at and that nobody was found to hold. */
  private void searchHolders(Map<Monitor, Long> held, Set<Long> looked) {
    Map<Monitor, List<Wait>> crowds =
        waits.values().stream().collect(Collectors.groupingBy(Wait::monitor));
    crowds
        .entrySet()
        .removeIf(crowd -> crowd.getValue().size() < CROWD
            || owner(crowd.getKey()) != UNKNOWN
            || held.containsKey(crowd.getKey()));
    crowds
        .values()
        .forEach(all -> all.stream()
            .map(wait -> waiter(wait.thread()))
            .filter(Objects::nonNull)
            .forEach(holderSearch::searchFor));
    Set<Monitor> searched = new HashSet<>(crowds.keySet());
    Iterator<LiveThread> candidates = holderSearch.candidates().iterator();
    while (!searched.isEmpty() && candidates.hasNext()) {
      LiveThread candidate = candidates.next();
      Snapshot snapshot = look(candidate, held, looked);
      if (snapshot != null && searched.removeAll(snapshot.held())) {
        holderSearch.found(candidate);
      }
    }
  }

  private @Nullable Snapshot look(LiveThread live, Map<Monitor, Long> held, Set<Long> looked) {
    Snapshot snapshot = MonitorSnapshots.of(live.thread());
    if (snapshot != null) {
      looked.add(live.id());
      ownerThreads.put(live.id(), live.thread());
      addHeld(held, snapshot, live.id());
      snapshot.objects().forEach((monitor, object) -> {
        Object known = objects.putIfAbsent(monitor, object);
        if (known != null && known != object) {
          owners.put(monitor, UNCLEAR);
        }
      });
    }
    return snapshot;
  }

  private static long agreed(long one, long other) {
    return one == UNKNOWN || one == other ? other : UNCLEAR;
  }

  private boolean ownsUntold(Thread holder, Map<Monitor, Long> told) {
    long id = PlatformThreads.id(holder);
    return owners.entrySet().stream()
        .anyMatch(e -> e.getValue() == id && told.getOrDefault(e.getKey(), UNKNOWN) == UNKNOWN);
  }

  private static void addHeld(Map<Monitor, Long> held, Snapshot snapshot, long owner) {
    snapshot
        .held()
        .forEach(monitor -> held.merge(
            monitor, owner, (one, other) -> one == UNKNOWN || one.equals(other) ? other : UNCLEAR));
  }

  private static Map<Monitor, Long> owners(List<Wait> waits) {
    Map<Monitor, Long> owners = new HashMap<>();
    waits.forEach(wait -> owners.merge(
        wait.monitor(), wait.owner(), (one, other) -> one.equals(other) ? one : UNCLEAR));
    return owners;
  }
}
