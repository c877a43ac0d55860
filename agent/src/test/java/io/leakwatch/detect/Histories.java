package io.leakwatch.detect;

import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.HeldExecutors;
import io.leakwatch.sample.Queues;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleBuilder;
import io.leakwatch.sample.SampleHistory;
import io.leakwatch.sample.SiteExecutors;
import io.leakwatch.sample.SiteThreads;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Histories made by hand: a population whose members are born and die by a script, sampled once a second with a fake
 * clock. The warm-up is 5 seconds.
 */
final class Histories {
  static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  static final int WARMUP_SECONDS = 5;

  static final StackTraceElement CREATOR =
      frame("com.acme.QuoteService", "quote", "QuoteService.java", 42);
  static final StackTraceElement WAITER =
      frame("com.acme.QuoteService", "poll", "QuoteService.java", 57);
  static final List<StackTraceElement> CREATED_AT =
      List.of(CREATOR, frame("com.acme.Server", "serve", "Server.java", 7));
  static final List<StackTraceElement> WAITING_AT = List.of(
      frame("jdk.internal.misc.Unsafe", "park", null, -2),
      frame("java.util.concurrent.locks.LockSupport", "park", "LockSupport.java", 341),
      frame("java.util.concurrent.CountDownLatch", "await", "CountDownLatch.java", 230),
      WAITER,
      frame("java.lang.Thread", "run", "Thread.java", 840));
  static final List<StackTraceElement> IDLE_WORKER = List.of(
      frame("jdk.internal.misc.Unsafe", "park", null, -2),
      frame("java.util.concurrent.locks.LockSupport", "park", "LockSupport.java", 341),
      frame("java.util.concurrent.LinkedBlockingQueue", "take", "LinkedBlockingQueue.java", 435),
      frame("java.util.concurrent.ThreadPoolExecutor", "getTask", "ThreadPoolExecutor.java", 1062),
      frame(
          "java.util.concurrent.ThreadPoolExecutor", "runWorker", "ThreadPoolExecutor.java", 1122),
      frame("java.lang.Thread", "run", "Thread.java", 840));

  private Histories() {}

  /** What a site does over time. */
  interface Life {
    /** How many are born in second {@code t} (in second 0, how many are there already), each with its last second. */
    List<Integer> lastSecondsOfThoseBornAt(int t);
  }

  static final int FOREVER = Integer.MAX_VALUE;

  static StackTraceElement frame(
      String type, String method, @org.jspecify.annotations.Nullable String file, int line) {
    return new StackTraceElement(type, method, file, line);
  }

  /** The cohorts of a site's life at second {@code now}. */
  static Cohorts cohorts(Life life, int now) {
    TreeMap<Integer, Integer> alive = new TreeMap<>();
    for (int born = 0; born <= now; born++) {
      for (int last : life.lastSecondsOfThoseBornAt(born)) {
        if (last >= now) {
          alive.merge(born, 1, Integer::sum);
        }
      }
    }
    int[] pairs = new int[2 * alive.size()];
    int at = 0;
    for (var entry : alive.entrySet()) {
      pairs[at++] = entry.getKey();
      pairs[at++] = entry.getValue();
    }
    return Cohorts.of(pairs);
  }

  static SiteThreads threads(long origin, Cohorts cohorts) {
    return new SiteThreads(
        origin,
        false,
        "com.acme.QuoteService$$Lambda",
        CREATED_AT,
        null,
        cohorts,
        false,
        List.of("quote-1"),
        waiting(),
        null);
  }

  static List<ThreadDetail> waiting() {
    return List.of(new ThreadDetail("quote-1", true, Thread.State.WAITING, WAITING_AT));
  }

  static List<ThreadDetail> idle() {
    return List.of(new ThreadDetail("pool-1-thread-1", false, Thread.State.WAITING, IDLE_WORKER));
  }

  /** Samples of the seconds 0 to {@code until} of one site of threads. */
  static SampleHistory ofThreads(Life life, int until) {
    SampleHistory history = new SampleHistory(Duration.ofSeconds(WARMUP_SECONDS));
    for (int t = 0; t <= until; t++) {
      history.add(sample(t, List.of(threads(1, cohorts(life, t))), List.of()));
    }
    return history;
  }

  /** One open pool, there from the start, as a group of its own. */
  static SiteExecutors pool(
      long origin, String noun, Class<?> type, long threads, long running, Queues queues) {
    return new SiteExecutors(
        origin,
        noun,
        type.getName(),
        CREATED_AT,
        1,
        0,
        Cohorts.of(0, 1),
        threads,
        running,
        null,
        List.of("pool-1-thread-1"),
        waiting(),
        HeldExecutors.NONE,
        queues,
        null);
  }

  static Sample sample(int second, List<SiteThreads> threads, List<SiteExecutors> executors) {
    long platform =
        threads.stream().filter(g -> !g.virtual()).mapToLong(SiteThreads::count).sum();
    long virtual = threads.stream()
        .filter(SiteThreads::virtual)
        .mapToLong(SiteThreads::count)
        .sum();
    return at(second)
        .liveThreads(platform, virtual)
        .threads(threads)
        .executors(executors)
        .build();
  }

  /** An empty sample, one a second. */
  static SampleBuilder at(int second) {
    return SampleBuilder.sample(second, START.plusSeconds(second), Duration.ofSeconds(second));
  }

  /** {@code n} births, all with the same last second. */
  static List<Integer> born(int n, int last) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ends.add(last);
    }
    return ends;
  }
}
