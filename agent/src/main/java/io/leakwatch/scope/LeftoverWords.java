package io.leakwatch.scope;

import io.leakwatch.detect.Words;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.Leftover;
import io.leakwatch.registry.Leftover.What;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.Scope;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What is left of a scope, in words. */
final class LeftoverWords {
  private LeftoverWords() {}

  /** Such as {@code 1 executor (2 threads)}. */
  static String headline(Leftover first, long count, List<LiveThread> threads) {
    return switch (first.what()) {
      case EXECUTOR -> {
        ExecutorEntry executor = first.executor();
        String noun = executor == null ? "executor" : executor.kind().noun();
        yield Words.count(count, noun) + " (" + Words.count(threads.size(), "thread") + ")";
      }
      case THREAD -> {
        LiveThread thread = first.thread();
        yield Words.count(count, thread != null && thread.virtual() ? "virtual thread" : "thread");
      }
      case TASK -> Words.count(count, "task") + " in " + foreign(first);
      case SCHEDULE -> Words.count(count, "periodic task") + " in somebody else's executor";
    };
  }

  /** Such as {@code still there 2.0s after the end of OrderTest.ships()}. */
  static String since(Scope scope, Duration waited) {
    String seconds = String.format(Locale.ROOT, "%.1f", waited.toMillis() / 1e3);
    return "still there " + seconds + "s after the end of " + scope.name();
  }

  /** What tells that it is to blame. */
  static String how(Leftover first, long count) {
    ExecutorEntry executor = first.executor();
    return switch (first.what()) {
      case EXECUTOR ->
        (executor != null && executor.isShutDown() ? count : 0) + " of " + count + " shut down";
      case THREAD -> "started there";
      case TASK -> "handed in there, run by an executor from outside";
      case SCHEDULE -> "scheduled there as " + first.origin().taskName();
    };
  }

  static String name(LiveThread thread) {
    return PlatformThreads.name(thread.thread());
  }

  private static String foreign(Leftover first) {
    ExecutorEntry executor = first.what() == What.TASK ? first.executor() : null;
    if (executor == null) {
      return "a thread from outside";
    }
    return executor.isTheJvmsOwn()
        ? "the common pool"
        : "a shared " + executor.kind().noun();
  }
}
