package io.leakwatch.benchmarks.cost.program;

import com.acme.VirtualThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Ways to get an empty task run. Each can be done any number of times in a row, and is over when it returns. */
public enum TaskWorkload {
  POOL_1("`execute`, pool of 1 thread", 1.03) {
    @Override
    void run(int tasks) {
      Batches.executeAll(Given.POOL_1, 1, tasks);
    }
  },
  POOL_2("`execute`, pool of 2 threads", 1.03) {
    @Override
    void run(int tasks) {
      Batches.executeAll(Given.POOL_2, 2, tasks);
    }
  },
  POOL_CONTENDED("`execute`, pool of 2 threads, from 4 threads", 1.03, Trait.CONTENDED) {
    @Override
    void run(int tasks) throws InterruptedException, ExecutionException {
      Batches.fromFourThreads(Given.POOL_2, tasks);
    }
  },
  SUBMIT("`submit`, pool of 1 thread") {
    @Override
    void run(int tasks) {
      Batches.executeAll(TaskWorkload::submit, 1, tasks);
    }
  },
  SUBMIT_GET("`submit().get()`, pool of 1 thread") {
    @Override
    void run(int tasks) throws InterruptedException, ExecutionException {
      for (int i = 0; i < tasks; i++) {
        Given.POOL_1.submit(task(i)).get();
      }
    }
  },
  SCHEDULED("`execute`, scheduled pool of 1 thread") {
    @Override
    void run(int tasks) {
      Batches.executeAll(Given.SCHEDULED, 1, tasks);
    }
  },
  TICK("scheduled tick", 1.03) {
    @Override
    void run(int tasks) throws InterruptedException {
      new Ticks(tasks).runOn(Given.SCHEDULED);
    }
  },
  COMMON_POOL("`execute`, common pool", 1.03) {
    @Override
    void run(int tasks) {
      Batches.executeAll(ForkJoinPool.commonPool(), COMMON_POOL_THREADS, tasks);
    }
  },
  COMMON_POOL_CONTENDED("`execute`, common pool, from 4 threads", 1.03, Trait.CONTENDED) {
    @Override
    void run(int tasks) throws InterruptedException, ExecutionException {
      Batches.fromFourThreads(ForkJoinPool.commonPool(), tasks);
    }
  },
  RUN_ASYNC("`CompletableFuture.runAsync`") {
    @Override
    void run(int tasks) {
      Batches.executeAll(TaskWorkload::runAsync, COMMON_POOL_THREADS, tasks);
    }
  },
  SUPPLY_ASYNC("`CompletableFuture.supplyAsync`", 1.03) {
    @Override
    void run(int tasks) {
      Batches.executeAll(TaskWorkload::supplyAsync, COMMON_POOL_THREADS, tasks);
    }
  },
  SUPPLY_ASYNC_CONTENDED("`CompletableFuture.supplyAsync`, from 4 threads", 1.03, Trait.CONTENDED) {
    @Override
    void run(int tasks) throws InterruptedException, ExecutionException {
      Batches.fromFourThreads(TaskWorkload::supplyAsync, tasks);
    }
  },
  PLATFORM_THREAD("platform thread, start and join", 1.02, Trait.THREADS_THAT_END) {
    @Override
    void run(int tasks) throws InterruptedException {
      for (int i = 0; i < tasks; i++) {
        Thread thread = new Thread(task(i));
        thread.start();
        thread.join();
      }
    }
  },
  VIRTUAL_THREAD("virtual thread, start, run and join", 1.03, Trait.VIRTUAL) {
    @Override
    void run(int tasks) throws InterruptedException {
      for (int i = 0; i < tasks; i++) {
        Thread thread = Given.VIRTUAL_FACTORY.newThread(task(i));
        thread.start();
        thread.join();
      }
    }
  },
  VIRTUAL_EXECUTOR("`execute`, virtual thread per task", Trait.VIRTUAL) {
    @Override
    void run(int tasks) {
      Batches.executeAll(Given.VIRTUAL_EXECUTOR, 0, tasks);
    }
  },
  VIRTUAL_PARK("virtual thread, park and unpark", Trait.VIRTUAL) {
    @Override
    void run(int tasks) throws InterruptedException {
      PingPong game = new PingPong(Given.VIRTUAL_FACTORY, tasks);
      game.play();
    }
  };

  /** What makes a workload need other treatment than the most. */
  private enum Trait {
    NONE,
    VIRTUAL,
    CONTENDED,
    THREADS_THAT_END
  }

  /** As the measured JVMs are told to have. */
  public static final int COMMON_POOL_THREADS = 2;

  /** The tasks that are run by turns; the same objects each time, so that only the executors allocate. */
  private static volatile Runnable[] given = {() -> {}};

  private final String title;
  private final double goal;
  private final Trait trait;

  TaskWorkload(String title) {
    this(title, Trait.NONE);
  }

  TaskWorkload(String title, Trait trait) {
    this(title, Double.NaN, trait);
  }

  TaskWorkload(String title, double goal) {
    this(title, goal, Trait.NONE);
  }

  TaskWorkload(String title, double goal, Trait trait) {
    this.title = title;
    this.goal = goal;
    this.trait = trait;
  }

  /** Has these tasks be run from now on. */
  static void useTasks(Runnable[] tasks) {
    given = tasks;
  }

  /** What it is called, in Markdown. */
  public String title() {
    return title;
  }

  /** What it may cost at most, over the same with an empty agent; not a number where nothing is promised. */
  public double goal() {
    return goal;
  }

  /** Whether it needs virtual threads. */
  public boolean isVirtual() {
    return trait == Trait.VIRTUAL;
  }

  /** Whether several threads hand the tasks in, which needs several CPUs. */
  public boolean isContended() {
    return trait == Trait.CONTENDED;
  }

  /** Whether it makes platform threads: the CPU time of one that has ended is known of the process only. */
  public boolean isOfThreadsThatEnd() {
    return trait == Trait.THREADS_THAT_END;
  }

  abstract void run(int tasks) throws InterruptedException, ExecutionException;

  /** The task that is run in a turn. */
  static Runnable task(int i) {
    Runnable[] all = given;
    return all.length == 1 ? all[0] : all[Math.floorMod(i, all.length)];
  }

  private static void supplyAsync(Runnable task) {
    CompletableFuture<Void> unused = CompletableFuture.supplyAsync(() -> {
      task.run();
      return null;
    });
  }

  private static void submit(Runnable task) {
    Future<?> unused = Given.POOL_1.submit(task);
  }

  private static void runAsync(Runnable task) {
    CompletableFuture<Void> unused = CompletableFuture.runAsync(task);
  }

  /** What the tasks are given to. Where there are no virtual threads their stand-ins are never used. */
  private static final class Given {
    static final ExecutorService POOL_1 = Executors.newFixedThreadPool(1);
    static final ExecutorService POOL_2 = Executors.newFixedThreadPool(2);
    static final ScheduledExecutorService SCHEDULED = Executors.newScheduledThreadPool(1);
    static final ThreadFactory VIRTUAL_FACTORY = VirtualThreads.factory().orElse(Thread::new);
    static final ExecutorService VIRTUAL_EXECUTOR =
        VirtualThreads.newExecutor().orElseGet(ForkJoinPool::commonPool);
  }
}
