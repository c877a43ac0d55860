package io.leakwatch.scope;

import java.util.List;
import java.util.Set;

/**
 * What well-known libraries make when somebody needs it first, and keep for all: nobody can close it, or nobody should, so
 * it is not the fault of the test that happened to be the first. Each is known by the method that makes it, which makes
 * nothing else.
 */
final class SharedByAll {
  private static final Set<String> MADE_BY = Set.of(
      // The watchdog of all time-outs; ends by itself after a minute without any.
      "okio.AsyncTimeout$Companion.scheduleTimeout",
      "okio.AsyncTimeout.scheduleTimeout",
      // Dispatchers.Default and Dispatchers.IO, and the thread of delays.
      "kotlinx.coroutines.scheduling.CoroutineScheduler.createNewWorker",
      "kotlinx.coroutines.DefaultExecutor.createThreadSync",
      // Schedulers.parallel() and so on; those that are made by newParallel() are the caller's.
      "reactor.core.scheduler.Schedulers.cache",
      "io.netty.util.concurrent.GlobalEventExecutor.startThread");

  /** Its cached schedulers make threads when they are used. */
  private static final String CACHED_SCHEDULER =
      "reactor.core.scheduler.Schedulers$CachedScheduler";

  private SharedByAll() {}

  /** Whether what has this creation stack is shared by all. */
  static boolean made(List<StackTraceElement> createdAt) {
    return createdAt.stream()
        .anyMatch(frame -> frame.getClassName().equals(CACHED_SCHEDULER)
            || MADE_BY.contains(frame.getClassName() + "." + frame.getMethodName()));
  }
}
