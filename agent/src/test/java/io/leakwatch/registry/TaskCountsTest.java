package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a known number of tasks is counted for the right executor. The hooks are called directly. */
class TaskCountsTest {
  private final Throwable failure = new IllegalStateException("on purpose");

  private final Registry registry = new Registry(64);
  private final TaskRegistry tasks = registry.tasks();
  private final Parking parking = new Parking();
  private final List<Runnable> atEnd = new ArrayList<>();

  @AfterEach
  void endThreads() {
    parking.end();
    atEnd.forEach(Runnable::run);
  }

  @Test
  void refusalsAreCountedForThePoolThatRefuses() {
    ExecutorService refusing = known(Executors.newFixedThreadPool(1));
    ExecutorService other = known(Executors.newFixedThreadPool(1));
    for (int i = 0; i < 1_000; i++) {
      tasks.onRejected(refusing);
    }

    assertThat(counted(refusing).rejectedTasks()).isEqualTo(1_000);
    assertThat(counted(other).rejectedTasks()).isZero();
  }

  @Test
  void refusalsOfATimerAreCounted() {
    Timer timer = new Timer("refusing", true);
    atEnd.add(timer::cancel);
    registry.executors().onCreated(timer);
    for (int i = 0; i < 3; i++) {
      tasks.onRejected(timer);
    }

    assertThat(counted(timer).rejectedTasks()).isEqualTo(3);
  }

  @Test
  void whatATimerHasTakenAndDoesNotRunIsFinished() {
    Timer timer = new Timer("taking", true);
    atEnd.add(timer::cancel);
    registry.executors().onCreated(timer);
    Object queue = Objects.requireNonNull(TimerBooks.queueOf(timer));
    for (int i = 0; i < 5; i++) {
      tasks.onTimerTaskTaken(queue);
    }

    assertThat(counted(timer).finishedTasks()).isEqualTo(5);
  }

  @Test
  void failuresAreCountedForThePoolWhoseWorkerRunsTheTask() throws Exception {
    ExecutorService pool = known(Executors.newFixedThreadPool(1));
    Callable<String> body = () -> "";
    FutureTask<String> task = new FutureTask<>(body);
    for (int i = 0; i < 7; i++) {
      pool.submit(() -> tasks.onFailed(task, failure)).get();
    }

    assertThat(counted(pool).failedTasks()).isEqualTo(7);
    assertThat(counted(pool).finishedTasks()).isBetween(6L, 7L);
  }

  @Test
  void failuresAreCountedBehindWhatAThreadFactoryPutsAroundAWorker() throws Exception {
    ExecutorService pool = known(Executors.newFixedThreadPool(1, worker -> {
      Runnable wrapped = new Wrapped(worker);
      return new Thread(wrapped);
    }));
    FutureTask<String> task = new FutureTask<>(() -> "");
    for (int i = 0; i < 7; i++) {
      pool.submit(() -> tasks.onFailed(task, failure)).get();
    }

    assertThat(counted(pool).failedTasks()).isEqualTo(7);
    assertThat(counted(pool).failedTasks()).as("not told twice").isEqualTo(7);
  }

  @Test
  void failuresAreCountedForTheForkJoinPoolWhoseWorkerRunsTheTask() throws Exception {
    ForkJoinPool pool = known(new ForkJoinPool(1));
    ForkJoinTask<String> task = ForkJoinTask.adapt(() -> "");
    for (int i = 0; i < 7; i++) {
      pool.submit(() -> tasks.onFailed(task, failure)).get();
    }

    assertThat(counted(pool).failedTasks()).isEqualTo(7);
  }

  @Test
  void failuresOfScheduledTasksAreCountedForTheirPoolWhereverTheyAreNoted() {
    ScheduledThreadPoolExecutor pool = known(new ScheduledThreadPoolExecutor(1));
    Object task = pool.schedule(() -> {}, 1, TimeUnit.HOURS);
    tasks.onFailed(task, failure);
    tasks.onFailed(task, failure);

    assertThat(counted(pool).failedTasks()).isEqualTo(2);
  }

  @Test
  void onlyWorkersThatEndAbruptlyHaveFailed() {
    ExecutorService pool = known(Executors.newFixedThreadPool(1));
    for (int i = 0; i < 10; i++) {
      tasks.onWorkerEnded(pool, i % 5 == 0);
    }

    assertThat(counted(pool).failedTasks()).isEqualTo(2);
  }

  @Test
  void ofCancelledTasksThoseThatRunAreTheirPoolsAndDoneOnesAreNone() throws Exception {
    ExecutorService pool = known(Executors.newFixedThreadPool(1));
    CountDownLatch begun = new CountDownLatch(1);
    Future<?> running = pool.submit(() -> {
      begun.countDown();
      parking.park();
    });
    begun.await();
    FutureTask<String> done = new FutureTask<>(() -> "");
    done.run();
    FutureTask<String> queued = new FutureTask<>(() -> "");

    tasks.onCancelling(running);
    tasks.onCancelling(done);
    tasks.onCancelling(queued);

    assertThat(counted(pool).cancelledTasks()).isEqualTo(1);
    assertThat(tasks.cancelledElsewhere()).isEqualTo(1);
  }

  @Test
  void cancelledScheduledTasksAreTheirPoolsAlsoWhileTheyWait() {
    ScheduledThreadPoolExecutor pool = known(new ScheduledThreadPoolExecutor(1));
    for (int i = 0; i < 100; i++) {
      Future<?> task = pool.schedule(() -> {}, 1, TimeUnit.HOURS);
      tasks.onCancelling(task);
      task.cancel(false);
      tasks.onCancelling(task);
    }

    assertThat(counted(pool).cancelledTasks()).isEqualTo(100);
    assertThat(tasks.cancelledElsewhere()).isZero();
  }

  @Test
  void manyThreadsLoseNoCount() throws Exception {
    ExecutorService pool = known(Executors.newFixedThreadPool(1));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> {
        for (int n = 0; n < 10_000; n++) {
          tasks.onRejected(pool);
        }
      });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(counted(pool).rejectedTasks()).isEqualTo(40_000);
  }

  private record Wrapped(Runnable inner) implements Runnable {
    @Override
    public void run() {
      inner.run();
    }
  }

  private <E extends ExecutorService> E known(E executor) {
    atEnd.add(executor::shutdownNow);
    registry.executors().onCreated(executor);
    return executor;
  }

  private ExecutorEntry counted(Object executor) {
    Census.of(registry);
    return Objects.requireNonNull(Census.entry(registry, executor));
  }
}
