package io.leakwatch.bootstrap;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What woven JDK methods call. Every entry point is one field read while nobody listens, and never throws: whatever a
 * listener throws is counted, and after {@link #MAX_FAILURES} of them all listeners are dropped for good (disarmed).
 *
 * <p>Thread-safe. Listeners are set once after weaving and only ever replaced by {@code null}; a hook that runs at that
 * moment may still call the old one.
 */
public final class Hooks {
  /** After this many exceptions the hooks disarm themselves. */
  public static final int MAX_FAILURES = 100;

  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static volatile @Nullable ThreadListener threadListener;
  private static volatile @Nullable ExecutorListener executorListener;
  private static volatile @Nullable TaskListener taskListener;
  private static volatile @Nullable String firstFailure;
  private static volatile boolean disarmed;

  private Hooks() {}

  /** Sets who hears of threads, executors and tasks; {@code null} for nobody. Ignored once the hooks have disarmed. */
  public static void install(
      @Nullable ThreadListener threads,
      @Nullable ExecutorListener executors,
      @Nullable TaskListener tasks) {
    if (!disarmed) {
      threadListener = threads;
      executorListener = executors;
      taskListener = tasks;
    }
  }

  /** Exceptions caught in hooks since the start. */
  public static int failures() {
    return FAILURES.get();
  }

  /** The class name of the first exception caught in a hook, or {@code null}. */
  public static @Nullable String firstFailure() {
    return firstFailure;
  }

  /** Whether the hooks gave up after {@link #MAX_FAILURES} exceptions. */
  public static boolean disarmed() {
    return disarmed;
  }

  /** Woven into the begin of {@code Thread.start}. */
  public static void threadStarting(Thread thread) {
    ThreadListener listener = threadListener;
    if (listener != null) {
      try {
        listener.onStart(thread);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into every exceptional end of {@code Thread.start}. */
  public static void threadStartFailed(Thread thread) {
    ThreadListener listener = threadListener;
    if (listener != null) {
      try {
        listener.onStartFailed(thread);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of {@code Thread.exit}. */
  public static void threadExiting(Thread thread) {
    ThreadListener listener = threadListener;
    if (listener != null) {
      try {
        listener.onExit(thread);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the end of {@code VirtualThread}'s constructor. */
  public static void virtualThreadCreated(Thread thread, Runnable task) {
    ThreadListener listener = threadListener;
    if (listener != null) {
      try {
        listener.onVirtualCreated(thread, task);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of {@code VirtualThread.run(Runnable)}; what it returns is given back at the end. */
  public static @Nullable Object virtualThreadStarting(Thread thread, Runnable task) {
    ThreadListener listener = threadListener;
    if (listener != null) {
      try {
        return listener.onVirtualStart(thread, task);
      } catch (Throwable e) {
        failed(e);
      }
    }
    return null;
  }

  /** Woven into every end of {@code VirtualThread.run(Runnable)}. */
  public static void virtualThreadExiting(Thread thread, @Nullable Object started) {
    ThreadListener listener = threadListener;
    if (listener != null) {
      try {
        listener.onVirtualExit(thread, started);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the end of the constructors of executors and timers. */
  public static void executorCreated(Object executor) {
    ExecutorListener listener = executorListener;
    if (listener != null) {
      try {
        listener.onCreated(executor);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of what takes tasks in, and the end of the constructors of asynchronous stages. */
  public static void taskSubmitted(Object receiver, @Nullable Object task) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onSubmitted(receiver, task);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into where executors refuse a task. */
  public static void taskRejected(Object executor) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onRejected(executor);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of where futures, fork-join tasks and stages note what was thrown. */
  public static void taskFailed(Object task, @Nullable Throwable failure) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onFailed(task, failure);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of {@code ThreadPoolExecutor.processWorkerExit}. */
  public static void workerEnded(Object pool, boolean abruptly) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onWorkerEnded(pool, abruptly);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of {@code Thread.dispatchUncaughtException}. */
  public static void threadFailed(Thread thread, @Nullable Throwable failure) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onUncaught(thread, failure);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of {@code FutureTask.cancel}. */
  public static void taskCancelling(Object task) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onCancelling(task);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of where a timer takes its next task. */
  public static void timerTaskTaken(Object queue) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onTimerTaskTaken(queue);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Woven into the begin of {@code TaskQueue.clear}. */
  public static void timerCleared(Object queue) {
    TaskListener listener = taskListener;
    if (listener != null) {
      try {
        listener.onTimerCleared(queue);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Counts what was thrown in a hook. Never throws. */
  static void failed(Throwable e) {
    try {
      if (FAILURES.incrementAndGet() >= MAX_FAILURES) {
        disarmed = true;
        threadListener = null;
        executorListener = null;
        taskListener = null;
      }
      if (firstFailure == null) {
        firstFailure = e.getClass().getName();
      }
    } catch (Throwable again) {
      // The stack or the heap is at its end. It is the application's to say so, not ours.
    }
  }
}
