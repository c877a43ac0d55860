package io.leakwatch.runtime;

import io.leakwatch.detect.Culprits;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.ShutdownHooks;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import io.leakwatch.sample.ThreadDetail;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why this JVM does not exit: the threads that keep it alive behind the return of {@code main}, and the shutdown hooks that
 * do not end. In a server the first are what it is there for, so this is off unless it is asked for. Used by one thread at
 * a time.
 */
final class ExitBlockers {
  /** The JVM gives the main thread this name when {@code main} has returned and it waits for the others. */
  private static final String WAITS_FOR_THE_OTHERS = "DestroyJavaVM";

  private final Registry registry;
  private final CodeOwners owners;
  private final int stackDepth;
  private final Duration hang;
  private List<WeakReference<Thread>> hooks = List.of();
  private long returnedNanos;
  private boolean returned;

  /**
   * Of a JVM.
   *
   * @param hang how long is too long
   */
  ExitBlockers(Registry registry, CodeOwners owners, int stackDepth, Duration hang) {
    this.registry = registry;
    this.owners = owners;
    this.stackDepth = stackDepth;
    this.hang = hang;
  }

  /** How long is too long. */
  Duration hang() {
    return hang;
  }

  /**
   * The threads that keep the JVM alive for too long, by where they were made; empty while {@code main} runs.
   *
   * @param now by {@link System#nanoTime}
   */
  List<Finding> look(long now) {
    List<Thread> registered = ShutdownHooks.registered();
    if (!registered.isEmpty()) {
      // Once it is shutting down the JDK has no list of them any more: the last one counts.
      hooks = registered.stream().map(WeakReference::new).toList();
    }
    List<LiveThread> keeping = new ArrayList<>();
    boolean[] waits = {false};
    registry.extraCensus(live -> {
      if (live.thread().getName().equals(WAITS_FOR_THE_OTHERS)) {
        waits[0] = true;
      } else if (!live.virtual() && !live.thread().isDaemon()) {
        keeping.add(live);
      }
    });
    if (!waits[0]) {
      return List.of();
    }
    if (!returned) {
      returned = true;
      returnedNanos = now;
    }
    Duration waited = Duration.ofNanos(now - returnedNanos);
    return waited.compareTo(hang) < 0
        ? List.of()
        : findings(keeping, "main has returned " + waited.toSeconds() + "s ago", "keeps");
  }

  /** The shutdown hooks that run still. */
  List<Finding> hangingHooks() {
    List<Thread> hanging = new ArrayList<>();
    for (WeakReference<Thread> reference : hooks) {
      Thread hook = reference.get();
      if (hook != null && hook.isAlive()) {
        hanging.add(hook);
      }
    }
    List<LiveThread> live = new ArrayList<>();
    registry.extraCensus(thread -> {
      if (hanging.contains(thread.thread())) {
        live.add(thread);
      }
    });
    return findings(
        live, "a shutdown hook, begun " + hang.toSeconds() + "s ago or more", "holds up");
  }

  private List<Finding> findings(List<LiveThread> threads, String evidence, String how) {
    Map<String, List<LiveThread>> groups = new LinkedHashMap<>();
    for (LiveThread thread : threads) {
      groups.computeIfAbsent(fingerprint(thread), f -> new ArrayList<>()).add(thread);
    }
    return groups.entrySet().stream()
        .map(group -> finding(group.getKey(), group.getValue(), evidence, how))
        .toList();
  }

  private String fingerprint(LiveThread thread) {
    return Fingerprint.of(
        FindingKind.EXIT_BLOCKED,
        Culprits.fingerprintFrames(
            createdAt(thread), details(thread), thread.origin().name()),
        List.of());
  }

  private Finding finding(String fingerprint, List<LiveThread> group, String evidence, String how) {
    LiveThread first = group.get(0);
    List<ThreadDetail> details = details(first);
    List<StackTraceElement> createdAt = createdAt(first);
    long count = group.size();
    String headline = count + (count == 1 ? " non-daemon thread" : " non-daemon threads");
    return new Finding(
        fingerprint,
        FindingKind.EXIT_BLOCKED,
        Verdict.SUSPECTED,
        true,
        count,
        count,
        0,
        Duration.ZERO,
        Duration.ZERO,
        Culprits.suspects(createdAt, details, owners),
        headline + " " + how + " the JVM",
        headline,
        Culprits.waiting(details),
        List.of(evidence),
        FindingKind.EXIT_BLOCKED.advice(),
        group.stream()
            .limit(Finding.MAX_THREAD_NAMES)
            .map(thread -> PlatformThreads.name(thread.thread()))
            .toList(),
        Frames.text(createdAt),
        Frames.text(Culprits.waitingStack(details)),
        List.of());
  }

  private List<ThreadDetail> details(LiveThread thread) {
    return List.of(ThreadDetail.of(thread.thread(), stackDepth));
  }

  private static List<StackTraceElement> createdAt(LiveThread thread) {
    @Nullable
    CreationSite site = thread.owner() == null || thread.owner().site() == null
        ? thread.site()
        : thread.owner().site();
    return site == null ? List.of() : site.frames();
  }
}
