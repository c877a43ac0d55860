package io.leakwatch.bootstrap;

import org.jspecify.annotations.Nullable;

/**
 * What JDK methods call that are woven only while tests are watched. The same rules as for {@link Hooks}, which counts
 * what goes wrong here, too.
 */
public final class ScopeHooks {
  private static volatile @Nullable ScopeListener listener;

  private ScopeHooks() {}

  /** Sets who hears; {@code null} for nobody. */
  public static void install(@Nullable ScopeListener scopes) {
    listener = scopes;
  }

  /** Woven into the begin of what starts a thread of either kind. */
  public static void threadStarting(Thread thread) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onThreadStarting(thread);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the end of threads of either kind. */
  public static void threadEnding(Thread thread) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onThreadEnding(thread);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the end of the constructors of executors and timers. */
  public static void executorMade(Object executor) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onExecutorMade(executor);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the end of the constructors of futures and fork-join tasks. */
  public static void taskMade(Object task) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTaskMade(task);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the begin of what takes tasks in. */
  public static void taskHandedIn(Object receiver, @Nullable Object task) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTaskHandedIn(receiver, task);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the begin of where a thread pool refuses a task. */
  public static void taskRefused(Object pool, @Nullable Object task) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTaskRefused(pool, task);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the begin of {@code ThreadPoolExecutor.runWorker}. */
  public static void workerStarting(Object pool, Object worker) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onWorkerStarting(pool, worker);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the end of {@code ThreadPoolExecutor.getTask}. */
  public static void taskTaken(Object pool, @Nullable Object task) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTaskTaken(pool, task);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the begin of what a thread pool's worker does behind its task. */
  public static void taskDone(Object pool) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTaskDone(pool);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the begin of where a timer takes its next task. */
  public static void timerTaskTaken(Object queue) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTimerTaskTaken(queue);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into the begin of {@code ForkJoinTask.doExec}; what it returns is given back at the end. */
  public static @Nullable Object forkJoinBegin(Object task) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        return scopes.onForkJoinBegin(task);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
    return null;
  }

  /** Woven into the begin of what runs futures and stages; what it returns is given back at the end. */
  public static @Nullable Object taskBegin(Object task) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        return scopes.onTaskBegin(task);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
    return null;
  }

  /** Woven into every end of what runs futures and fork-join tasks. */
  public static void taskEnd(Object task, @Nullable Object begun) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onTaskEnd(task, begun);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  /** Woven into every end of what runs dependent stages. */
  public static void stageEnd(Object stage, @Nullable Object begun) {
    ScopeListener scopes = listening();
    if (scopes != null) {
      try {
        scopes.onStageEnd(stage, begun);
      } catch (Throwable e) {
        Hooks.failed(e);
      }
    }
  }

  private static @Nullable ScopeListener listening() {
    return Hooks.disarmed() ? null : listener;
  }
}
