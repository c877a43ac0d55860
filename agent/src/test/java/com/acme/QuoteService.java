package com.acme;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * An application's code, as the account sees it: its frames are not the agent's. Calls a hook where the woven JDK would.
 */
public final class QuoteService {
  private QuoteService() {}

  /** Announces a thread and starts it. */
  public static Thread quote(Thread thread, Consumer<Thread> startHook) {
    startHook.accept(thread);
    thread.start();
    return thread;
  }

  /** The same from another place. */
  public static Thread refresh(Thread thread, Consumer<Thread> startHook) {
    startHook.accept(thread);
    thread.start();
    return thread;
  }

  /** Announces a thread that another start has to follow. */
  public static Thread prepare(Thread thread, Consumer<Thread> startHook) {
    startHook.accept(thread);
    return thread;
  }

  /** Makes an executor and announces it, with no frame of the caller's on the stack. */
  public static <E> E open(Callable<E> maker, Consumer<Object> createdHook) throws Exception {
    FutureTask<E> opening = new FutureTask<>(new Opening<>(maker, createdHook));
    new Thread(opening, "opening").start();
    return opening.get();
  }

  private record Opening<E>(Callable<E> maker, Consumer<Object> createdHook)
      implements Callable<E> {
    @Override
    public E call() throws Exception {
      E executor = maker.call();
      open(executor);
      return executor;
    }

    private void open(E executor) {
      createdHook.accept(executor);
    }
  }
}
