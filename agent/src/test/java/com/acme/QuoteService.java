package com.acme;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * An application's code, as the account sees it: its frames are not the agent's, and on the stack there are no others.
 * Calls a hook where the woven JDK would.
 */
public final class QuoteService {
  private QuoteService() {}

  /** Announces a thread and starts it. */
  public static Thread quote(Thread thread, Consumer<Thread> startHook) {
    return alone(() -> Desk.quote(thread, startHook));
  }

  /** The same from another place. */
  public static Thread refresh(Thread thread, Consumer<Thread> startHook) {
    return alone(() -> Desk.refresh(thread, startHook));
  }

  /** Announces a thread that another start has to follow. */
  public static Thread prepare(Thread thread, Consumer<Thread> startHook) {
    return alone(() -> Desk.prepare(thread, startHook));
  }

  /** Makes an executor and announces it. */
  public static <E> E open(Callable<E> maker, Consumer<Object> createdHook) {
    return alone(() -> Desk.open(maker.call(), createdHook));
  }

  /** Hands a task in and announces that. */
  public static void order(
      Executor executor, Runnable task, BiConsumer<Object, Object> submittedHook) {
    alone(() -> Desk.order(executor, task, submittedHook));
  }

  private static final class Desk {
    static Thread quote(Thread thread, Consumer<Thread> startHook) {
      startHook.accept(thread);
      thread.start();
      return thread;
    }

    static Thread refresh(Thread thread, Consumer<Thread> startHook) {
      startHook.accept(thread);
      thread.start();
      return thread;
    }

    static Thread prepare(Thread thread, Consumer<Thread> startHook) {
      startHook.accept(thread);
      return thread;
    }

    static Runnable order(
        Executor executor, Runnable task, BiConsumer<Object, Object> submittedHook) {
      submittedHook.accept(executor, task);
      executor.execute(task);
      return task;
    }

    static <E> E open(E executor, Consumer<Object> createdHook) {
      createdHook.accept(executor);
      return executor;
    }
  }

  private static <T> T alone(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    new Thread(task, "desk").start();
    try {
      return task.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
