package io.leakwatch.benchmarks.cost;

import com.acme.VirtualThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** Ways to get an empty task run. Each can be done any number of times in a row, and is over when it returns. */
enum TaskWorkload {
  POOL_1("execute, pool of 1 thread", false) {
    @Override
    void run(int tasks) {
      executeAll(Given.POOL_1, 1, tasks);
    }
  },
  POOL_2("execute, pool of 2 threads", false) {
    @Override
    void run(int tasks) {
      executeAll(Given.POOL_2, 2, tasks);
    }
  },
  SUBMIT_GET("submit().get(), pool of 1 thread", false) {
    @Override
    void run(int tasks) throws InterruptedException, ExecutionException {
      for (int i = 0; i < tasks; i++) {
        Given.POOL_1.submit(NOTHING).get();
      }
    }
  },
  SCHEDULED("execute, scheduled pool of 1 thread", false) {
    @Override
    void run(int tasks) {
      executeAll(Given.SCHEDULED, 1, tasks);
    }
  },
  COMMON_POOL("execute, common pool", false) {
    @Override
    void run(int tasks) {
      executeAll(ForkJoinPool.commonPool(), COMMON_POOL_THREADS, tasks);
    }
  },
  RUN_ASYNC("CompletableFuture.runAsync", false) {
    @Override
    void run(int tasks) {
      executeAll(TaskWorkload::runAsync, COMMON_POOL_THREADS, tasks);
    }
  },
  VIRTUAL_THREAD("virtual thread, start and join", true) {
    @Override
    void run(int tasks) throws InterruptedException {
      for (int i = 0; i < tasks; i++) {
        Thread thread = Given.VIRTUAL_FACTORY.newThread(NOTHING);
        thread.start();
        thread.join();
      }
    }
  },
  VIRTUAL_EXECUTOR("execute, virtual thread per task", true) {
    @Override
    void run(int tasks) {
      executeAll(Given.VIRTUAL_EXECUTOR, 0, tasks);
    }
  },
  VIRTUAL_PARK("virtual thread, park and unpark", true) {
    @Override
    void run(int tasks) throws InterruptedException {
      PingPong game = new PingPong(Given.VIRTUAL_FACTORY, tasks);
      game.play();
    }
  };

  /** What the JVM runs; the same object each time, so that only the executors allocate. */
  static final Runnable NOTHING = () -> {};

  /** As the measured JVMs are told to have. */
  static final int COMMON_POOL_THREADS = 2;

  /** As many tasks are in the queue at most. */
  private static final int BATCH = 1_000;

  private final String title;
  private final boolean virtual;

  TaskWorkload(String title, boolean virtual) {
    this.title = title;
    this.virtual = virtual;
  }

  String title() {
    return title;
  }

  /** Whether it needs virtual threads. */
  boolean isVirtual() {
    return virtual;
  }

  abstract void run(int tasks) throws InterruptedException, ExecutionException;

  /**
   * In batches, which are run when they are complete: when a worker that waits is woken, and who then runs first, is the
   * operating system's whim, and would be most of what is measured.
   */
  private static void executeAll(Executor executor, int threads, int tasks) {
    Semaphore gate = new Semaphore(0);
    Semaphore done = new Semaphore(0);
    Runnable wait = gate::acquireUninterruptibly;
    Runnable last = done::release;
    for (int left = tasks; left > 0; left -= BATCH) {
      for (int i = 0; i < threads; i++) {
        executor.execute(wait);
      }
      for (int i = threads + 1; i < Math.min(left, BATCH); i++) {
        executor.execute(NOTHING);
      }
      executor.execute(last);
      gate.release(threads);
      done.acquireUninterruptibly();
    }
  }

  private static void runAsync(Runnable task) {
    CompletableFuture<Void> unused = CompletableFuture.runAsync(task);
  }

  /** What the tasks are given to. Where there are no virtual threads their stand-ins are never used. */
  private static final class Given {
    static final ExecutorService POOL_1 = Executors.newFixedThreadPool(1);
    static final ExecutorService POOL_2 = Executors.newFixedThreadPool(2);
    static final ExecutorService SCHEDULED = Executors.newScheduledThreadPool(1);
    static final ThreadFactory VIRTUAL_FACTORY = VirtualThreads.factory().orElse(Thread::new);
    static final ExecutorService VIRTUAL_EXECUTOR =
        VirtualThreads.newExecutor().orElseGet(ForkJoinPool::commonPool);
  }

  /** Two virtual threads that wake each other by turns. */
  private static final class PingPong {
    private final Thread[] players = new Thread[2];
    private volatile int turn;

    PingPong(ThreadFactory factory, int turns) {
      for (int i = 0; i < players.length; i++) {
        int me = i;
        players[i] = factory.newThread(() -> play(me, turns));
      }
    }

    void play() throws InterruptedException {
      for (Thread player : players) {
        player.start();
      }
      for (Thread player : players) {
        player.join();
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only whose turn it is writes
    private void play(int me, int turns) {
      while (turn < turns) {
        if ((turn & 1) == me) {
          turn++;
          LockSupport.unpark(players[1 - me]);
        } else {
          LockSupport.park(this);
        }
      }
    }
  }
}
