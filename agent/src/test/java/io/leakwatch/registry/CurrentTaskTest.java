package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same task has the same number at each census, the next one another; a thread that waits for one has none. */
class CurrentTaskTest {
  private final Registry registry = new Registry(64);
  private final Parking end = new Parking();
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void end() {
    end.end();
    pools.forEach(ExecutorService::shutdownNow);
  }

  @Test
  void ofAThreadPool() {
    numbersItsTasks(closing(Executors.newFixedThreadPool(1)));
  }

  @Test
  void ofAForkJoinPool() {
    numbersItsTasks(closing(new ForkJoinPool(1)));
  }

  @Test
  void ofAThreadPerTaskExecutorThereIsOneForEachThread() throws Exception {
    ExecutorService executor = closing(LaterJdk.threadPerTask(Thread::new));
    Thread thread = run(executor, end);

    CurrentTask first = taskOf(thread);
    assertThat(first).isNotNull().isEqualTo(taskOf(thread));
  }

  @Test
  void ofATimer() {
    Timer timer = new Timer(true);
    registry.executors().onCreated(timer);
    Parking gate = new Parking();
    CompletableFuture<Thread> began = new CompletableFuture<>();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            began.complete(Thread.currentThread());
            gate.park();
          }
        },
        0);
    Thread runner = began.join();
    Object queue = Objects.requireNonNull(TimerBooks.queueOf(timer));
    registry.tasks().onTimerTaskTaken(queue);

    CurrentTask first = taskOf(runner);
    assertThat(first).isNotNull().isEqualTo(taskOf(runner));
    registry.tasks().onTimerTaskTaken(queue);
    assertThat(taskOf(runner)).isNotNull().isNotEqualTo(first);

    gate.end();
    await().untilAsserted(() -> assertThat(taskOf(runner)).isNull());
    timer.cancel();
  }

  private void numbersItsTasks(ExecutorService pool) {
    Parking firstGate = new Parking();
    Thread worker = run(pool, firstGate);
    CurrentTask first = taskOf(worker);
    assertThat(first).isNotNull().isEqualTo(taskOf(worker));

    firstGate.end();
    await().untilAsserted(() -> assertThat(taskOf(worker)).isNull());

    run(pool, end);
    assertThat(taskOf(worker)).isNotNull().isNotEqualTo(first);
  }

  private static Thread run(ExecutorService pool, Parking until) {
    CompletableFuture<Thread> began = new CompletableFuture<>();
    pool.execute(() -> {
      began.complete(Thread.currentThread());
      until.park();
    });
    Thread thread = began.join();
    // Up to JDK 21 a fork-join worker's task is known by the wait that it is in.
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private @Nullable CurrentTask taskOf(Thread thread) {
    AtomicReference<@Nullable CurrentTask> found = new AtomicReference<>();
    registry.census(live -> {
      if (live.thread() == thread) {
        found.set(live.task());
      }
    });
    return found.get();
  }

  private <E extends ExecutorService> E closing(E pool) {
    pools.add(pool);
    registry.executors().onCreated(pool);
    return pool;
  }
}
