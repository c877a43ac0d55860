package com.acme.programs;

import static com.acme.programs.Transcript.line;
import static com.acme.programs.Transcript.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What a thread pool promises about the tasks that it is given: order, identity, refusal, its subclasses. */
final class ThreadPoolRules {
  private ThreadPoolRules() {}

  static void tellAll() throws InterruptedException {
    Transcript.part("a priority queue", ThreadPoolRules::priorityQueue);
    Transcript.part("purge", ThreadPoolRules::purge);
    Transcript.part("refusals", ThreadPoolRules::refusals);
    Transcript.part("a subclass", ThreadPoolRules::subclass);
    Transcript.part("failures", ThreadPoolRules::failures);
    Transcript.part("an unconfigurable one", ThreadPoolRules::unconfigurable);
  }

  /** A pool whose text does not differ from run to run. */
  private static class Pool extends ThreadPoolExecutor {
    Pool(BlockingQueue<Runnable> queue, RejectedExecutionHandler handler) {
      super(1, 1, 0, TimeUnit.SECONDS, queue, handler);
    }

    @Override
    public String toString() {
      return "a pool";
    }
  }

  /** A pool that overrides whatever can be. */
  private static final class Talking extends Pool {
    /** What the thread that hands in says, and what the worker says: the two do not wait for each other. */
    private final List<String> handingIn = new ArrayList<>();

    private final List<String> log = new ArrayList<>();

    Talking() {
      super(new LinkedBlockingQueue<>(), new AbortPolicy());
    }

    @Override
    public void execute(Runnable task) {
      handingIn.add("execute " + task.getClass().getSimpleName());
      super.execute(task);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      log("before " + task.getClass().getSimpleName() + " "
          + Thread.currentThread().equals(thread));
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
      log("after " + task.getClass().getSimpleName() + " " + thrown);
    }

    @Override
    protected void terminated() {
      log("terminated");
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
      handingIn.add("newTaskFor");
      return new OwnFuture<>(callable, this);
    }

    private synchronized void log(String what) {
      log.add(what);
    }
  }

  private static final class OwnFuture<T> extends FutureTask<T> {
    private final Talking pool;

    OwnFuture(Callable<T> callable, Talking pool) {
      super(callable);
      this.pool = pool;
    }

    @Override
    protected void done() {
      pool.log("done " + isCancelled());
    }
  }

  private static void priorityQueue() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    List<Integer> ran = new ArrayList<>();
    Pool pool = new Pool(new PriorityBlockingQueue<>(), new ThreadPoolExecutor.AbortPolicy());
    pool.execute(Job.waiting(begun, gate));
    Transcript.await(begun);
    List<Job> jobs = new ArrayList<>();
    for (int number : new int[] {5, 1, 4, 2, 3, 9, 7}) {
      jobs.add(new Job(number, () -> ran.add(number)));
      pool.execute(jobs.get(jobs.size() - 1));
    }
    line("queue", pool.getQueue(), Job.which(pool.getQueue(), jobs));
    line("removed", pool.remove(jobs.get(2)), pool.remove(jobs.get(2)), pool.getQueue());
    CountDownLatch last = new CountDownLatch(1);
    pool.execute(new Job(6, last::countDown));
    gate.countDown();
    Transcript.await(last);
    // 9 and 7 may run or be drained; so hold the worker in front of them.
    CountDownLatch end = new CountDownLatch(1);
    pool.execute(new Job(10, end::countDown));
    Transcript.await(end);
    line("ran", ran);

    CountDownLatch busy = new CountDownLatch(1);
    pool.execute(Job.waiting(busy, new CountDownLatch(1)));
    Transcript.await(busy);
    List<Job> never = new ArrayList<>();
    for (int number : new int[] {3, 1, 2}) {
      never.add(new Job(number, () -> line("must not run")));
      pool.execute(never.get(never.size() - 1));
    }
    List<Runnable> drained = pool.shutdownNow();
    line("drained", drained, Job.which(drained, never));
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS), pool.getCompletedTaskCount());
  }

  private static void purge() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Pool pool = new Pool(new LinkedBlockingQueue<>(), new ThreadPoolExecutor.AbortPolicy());
    pool.execute(Job.waiting(begun, new CountDownLatch(1)));
    Transcript.await(begun);
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      futures.add(pool.submit(new Job(i, () -> {})));
    }
    line("queue", Job.which(pool.getQueue(), futures));
    line("cancelled", futures.get(1).cancel(true), futures.get(4).cancel(false));
    pool.purge();
    line("queue", Job.which(pool.getQueue(), futures));
    line("removed", pool.remove((Runnable) futures.get(0)));
    line("drained", Job.which(pool.shutdownNow(), futures));
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void refusals() throws InterruptedException {
    refusal("abort", new ThreadPoolExecutor.AbortPolicy());
    refusal("caller runs", new ThreadPoolExecutor.CallerRunsPolicy());
    refusal("discard", new ThreadPoolExecutor.DiscardPolicy());
    refusal("discard oldest", new ThreadPoolExecutor.DiscardOldestPolicy());
    List<Runnable> refused = new ArrayList<>();
    refusal("own", (task, pool) -> {
      refused.add(task);
      line("refused", task, pool);
    });
    Pool pool = new Pool(new ArrayBlockingQueue<>(1), (task, from) -> refused.add(task));
    pool.shutdown();
    Future<?> future = pool.submit(() -> {});
    line("the very future", refused.get(refused.size() - 1) == future, future.isDone());
  }

  private static void refusal(String name, RejectedExecutionHandler handler)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Pool pool = new Pool(new ArrayBlockingQueue<>(1), handler);
    pool.execute(Job.waiting(begun, gate));
    Transcript.await(begun);
    List<Job> jobs = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      jobs.add(new Job(
          i,
          () -> line(
              name, "runs", number, Thread.currentThread().getName().replaceAll("\\d+", "N"))));
      try {
        pool.execute(jobs.get(i - 1));
      } catch (RejectedExecutionException e) {
        trace(name, e);
      }
      line(name, "queue", Job.which(pool.getQueue(), jobs));
    }
    gate.countDown();
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void subclass() throws Exception {
    Talking pool = new Talking();
    pool.execute(new Job(1, () -> {}));
    Future<String> future = pool.submit(() -> "result");
    line(future.get(), future.getClass().getSimpleName());
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
    line(pool.handingIn);
    line(pool.log);
  }

  private static void failures() throws InterruptedException {
    CountDownLatch handled = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(1, task -> {
      Thread thread = new Thread(task, "failing");
      thread.setUncaughtExceptionHandler((t, e) -> {
        trace("uncaught in " + t.getName(), e);
        handled.countDown();
      });
      return thread;
    });
    pool.execute(() -> {
      throw Job.failure("executed");
    });
    Transcript.await(handled);
    Future<?> future = pool.submit(() -> {
      throw Job.failure("submitted");
    });
    try {
      future.get();
    } catch (ExecutionException e) {
      trace("submitted", e);
    }
    pool.execute(() -> trace("where a task is", new Throwable()));
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void unconfigurable() throws Exception {
    ExecutorService pool = Executors.unconfigurableExecutorService(Executors.newFixedThreadPool(1));
    line(pool.submit(() -> "run").get(), pool.getClass().getSimpleName());
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }
}
