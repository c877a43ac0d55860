package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what may never come back, such as the answer of a JVM that is stopped, for so long and not longer. */
final class Patience {
  private final Duration most;

  /** Waits at most so long for each thing. */
  Patience(Duration most) {
    this.most = most;
  }

  /** How long it waits at most, in words. */
  String inWords() {
    return most.toSeconds() + " s";
  }

  /**
   * Does it on a thread of its own. When the time is over that is interrupted and left alone; it does not keep the command
   * from ending.
   *
   * @param waiting what is done when it takes a while
   * @throws AttachFailedException when {@code work} threw that
   * @throws TimeoutException when the time is over
   */
  <T> T await(Callable<T> work, Runnable waiting) throws AttachFailedException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "leakwatch-ask");
    thread.setDaemon(true);
    thread.start();
    Duration aWhile = most.dividedBy(5);
    try {
      try {
        return task.get(aWhile.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        waiting.run();
        return task.get(most.minus(aWhile).toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AttachFailedException("interrupted");
    } finally {
      task.cancel(true);
    }
  }

  private static AttachFailedException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    } else if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof AttachFailedException e
        ? e
        : new AttachFailedException(String.valueOf(cause));
  }
}
