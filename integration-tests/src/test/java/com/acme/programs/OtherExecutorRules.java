package com.acme.programs;

import static com.acme.programs.Transcript.line;
import static com.acme.programs.Transcript.trace;

import com.acme.VirtualThreads;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What the other kinds of executors promise: schedules, timers, threads per task. */
final class OtherExecutorRules {
  private OtherExecutorRules() {}

  static void tellAll() throws InterruptedException {
    Transcript.part("a schedule", OtherExecutorRules::schedule);
    Transcript.part("a timer", OtherExecutorRules::timer);
    Transcript.part("a thread per task", OtherExecutorRules::threadPerTask);
  }

  /** A scheduled pool with tasks of its own. */
  private static final class Decorating extends ScheduledThreadPoolExecutor {
    final List<Runnable> inner = new ArrayList<>();

    Decorating() {
      super(1);
    }

    @Override
    protected <V> RunnableScheduledFuture<V> decorateTask(
        Runnable task, RunnableScheduledFuture<V> future) {
      inner.add(task);
      return new Decorated<>(future);
    }

    @Override
    protected <V> RunnableScheduledFuture<V> decorateTask(
        Callable<V> task, RunnableScheduledFuture<V> future) {
      return new Decorated<>(future);
    }
  }

  private static final class Decorated<V> extends FutureTask<V>
      implements RunnableScheduledFuture<V> {
    private final RunnableScheduledFuture<V> future;

    Decorated(RunnableScheduledFuture<V> future) {
      super(() -> {
        future.run();
        return future.isPeriodic() ? null : future.get();
      });
      this.future = future;
    }

    @Override
    public boolean isPeriodic() {
      return false;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return future.getDelay(unit);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private static void schedule() throws Exception {
    Decorating pool = new Decorating();
    Job job = new Job(1, () -> line("runs"));
    Future<?> soon = pool.schedule(job, 1, TimeUnit.MILLISECONDS);
    soon.get();
    line(soon.getClass().getSimpleName(), Job.which(pool.inner, List.of(job)));
    line(pool.schedule(() -> "result", 1, TimeUnit.MILLISECONDS).get());
    List<Future<?>> futures = new ArrayList<>();
    for (int hours : new int[] {3, 1, 2}) {
      futures.add(pool.schedule(new Job(hours, () -> {}), hours, TimeUnit.HOURS));
    }
    line("queue", Job.which(pool.getQueue(), futures));
    line("cancelled", futures.get(1).cancel(false), pool.getQueue().size());
    pool.setRemoveOnCancelPolicy(true);
    List<Runnable> drained = pool.shutdownNow();
    line("drained", Job.which(drained, futures));
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));

    ScheduledThreadPoolExecutor plain = new ScheduledThreadPoolExecutor(1);
    int[] runs = {0};
    Future<?> failing = plain.scheduleAtFixedRate(
        () -> {
          if (++runs[0] == 3) {
            throw Job.failure("third run");
          }
        },
        0,
        1,
        TimeUnit.MILLISECONDS);
    Transcript.failure("periodic", failing);
    line("runs", runs[0], plain.getQueue().size());
    Future<?> late = plain.schedule(() -> {}, 1, TimeUnit.HOURS);
    line("cancelled", late.cancel(true), late.cancel(true), plain.getQueue().size());
    plain.purge();
    line("purged", plain.getQueue().size());
    plain.shutdown();
    try {
      Future<?> unused = plain.schedule(new Job(1, () -> {}), 0, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      line(
          "refused",
          e.getClass(),
          Transcript.strangers(e.getStackTrace()),
          e.getStackTrace().length);
    }
    line("terminated", plain.awaitTermination(60, TimeUnit.SECONDS));
  }

  @SuppressWarnings("JavaUtilDate") // which a timer takes
  private static void timer() throws InterruptedException {
    CountDownLatch died = new CountDownLatch(1);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
      trace("uncaught in " + thread.getName().replaceAll("\\d+", "N"), e);
      died.countDown();
    });
    Timer timer = new Timer();
    CountDownLatch ran = new CountDownLatch(3);
    List<TimerTask> tasks = new ArrayList<>();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    timer.schedule(timerTask(Job.waiting(begun, gate)), 0);
    Transcript.await(begun);
    long now = System.currentTimeMillis();
    for (int delay : new int[] {3, 1, 2}) {
      timer.schedule(
          timerTask(() -> {
            order.add("after " + delay);
            ran.countDown();
          }),
          new Date(now + delay));
    }
    gate.countDown();
    Transcript.await(ran);
    line(order);
    for (int i = 0; i < 4; i++) {
      tasks.add(timerTask(() -> line("must not run")));
      timer.schedule(tasks.get(i), 3_600_000);
    }
    // Not the next one: that the timer may take out by itself.
    line("cancelled", tasks.get(1).cancel(), tasks.get(1).cancel(), tasks.get(2).cancel());
    line("purged", timer.purge());
    timer.schedule(
        timerTask(() -> {
          throw Job.failure("in a timer");
        }),
        0);
    Transcript.await(died);
    boolean alive = true;
    while (alive) {
      try {
        timer.schedule(timerTask(() -> {}), 3_600_000);
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (IllegalStateException e) {
        trace("dead", e);
        alive = false;
      }
    }
    Timer cancelled = new Timer(true);
    cancelled.cancel();
    try {
      cancelled.schedule(timerTask(() -> {}), 0);
    } catch (IllegalStateException e) {
      trace("cancelled", e);
    }
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  private static void threadPerTask() throws Exception {
    ExecutorService virtual = VirtualThreads.newExecutor().orElse(null);
    if (virtual == null) {
      return;
    }
    threadPerTask(virtual);
    Method newExecutor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
    ThreadFactory factory = task -> new Thread(task, "per task");
    threadPerTask((ExecutorService) newExecutor.invoke(null, factory));
    ThreadFactory none = task -> null;
    ExecutorService without = (ExecutorService) newExecutor.invoke(null, none);
    try {
      without.execute(() -> {});
    } catch (RejectedExecutionException e) {
      trace("no thread", e);
    }
  }

  private static void threadPerTask(ExecutorService executor) throws Exception {
    line(executor.submit(() -> "run").get());
    line(executor.invokeAll(List.of(() -> 1, () -> 2)).size());
    Future<?> failed = executor.submit((Runnable) () -> {
      throw Job.failure("in a thread of its own");
    });
    try {
      Transcript.settled(failed).get();
    } catch (ExecutionException e) {
      trace("failed", e);
    }
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Future<?> cancelled = executor.submit(() -> {
      begun.countDown();
      try {
        TimeUnit.HOURS.sleep(1);
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    });
    Transcript.await(begun);
    line("cancelled", cancelled.cancel(true), cancelled.isCancelled());
    Transcript.await(interrupted);
    executor.shutdown();
    line("terminated", executor.awaitTermination(60, TimeUnit.SECONDS));
    try {
      Future<?> unused = executor.submit(() -> {});
    } catch (RejectedExecutionException e) {
      trace("refused", e);
    }
  }

  private static TimerTask timerTask(Runnable body) {
    return new TimerTask() {
      @Override
      public void run() {
        body.run();
      }
    };
  }
}
