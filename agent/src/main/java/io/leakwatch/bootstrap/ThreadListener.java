package io.leakwatch.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * Hears of threads, on the very thread that starts or ends them.
 *
 * <p>Implementations never lock, log, park, load a class or run application code. What they throw is caught and counted.
 */
public interface ThreadListener {
  /** A platform thread is about to start; called by the thread that starts it. */
  void onStart(Thread thread);

  /** The start just announced has failed: no such thread will run. */
  void onStartFailed(Thread thread);

  /** A platform thread ends; called by that thread. */
  void onExit(Thread thread);

  /**
   * A virtual thread was made (not yet started); called by the thread that makes it.
   *
   * @param task what it will run
   */
  void onVirtualCreated(Thread thread, Runnable task);

  /**
   * A virtual thread begins to run; called by that thread.
   *
   * @return what {@link #onVirtualExit} is to get of it; it lives on the thread's stack
   */
  Object onVirtualStart(Thread thread, Runnable task);

  /**
   * A virtual thread's task has ended, also by an exception; called by that thread.
   *
   * @param started what its start returned; {@code null} when that was not heard, or failed
   */
  void onVirtualExit(Thread thread, @Nullable Object started);
}
