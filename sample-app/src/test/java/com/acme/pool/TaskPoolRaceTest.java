package com.acme.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Submits, cancels, closes and interrupts at the same time, in an order that nobody controls. What must hold in each: what
 * was accepted is done after the close; a result is there if and only if its task came to its end; no more than the limit
 * ran at once; after the close nothing runs.
 */
@Timeout(120)
class TaskPoolRaceTest {
  private static final int ROUNDS_A_TEST = 150;
  private static final int SUBMITTERS = 3;
  private static final int TASKS_EACH = 40;

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** One accepted task: its future and the place of its mark. */
  private record Accepted(Future<Integer> future, int number, boolean cancelledByUs) {}

  @RepeatedTest(4)
  void aCloseAtAnyMomentLeavesNothingBehind(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int round = 0; round < ROUNDS_A_TEST; round++) {
      closeWhileSubmitting(1 + random.nextInt(6), random.nextInt(200_000), random.nextInt());
    }
  }

  private void closeWhileSubmitting(int limit, int nanosUntilClose, int seed) throws Exception {
    AtomicIntegerArray ended = new AtomicIntegerArray(SUBMITTERS * TASKS_EACH);
    most.set(0);
    TaskPool pool = new TaskPool(limit);
    CyclicBarrier start = new CyclicBarrier(SUBMITTERS + 1);
    List<FutureTask<List<Accepted>>> submitters = new ArrayList<>();
    for (int i = 0; i < SUBMITTERS; i++) {
      int first = i * TASKS_EACH;
      FutureTask<List<Accepted>> submitter = new FutureTask<>(() -> {
        start.await();
        return submitUntilRejected(pool, ended, first, new Random(seed + first));
      });
      new Thread(submitter).start();
      submitters.add(submitter);
    }
    start.await();
    spin(nanosUntilClose);
    pool.close();

    assertThat(running).as("after the close").hasValue(0);
    for (FutureTask<List<Accepted>> submitter : submitters) {
      for (Accepted task : submitter.get()) {
        assertOutcome(task, ended);
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(limit);
  }

  private List<Accepted> submitUntilRejected(
      TaskPool pool, AtomicIntegerArray ended, int first, Random random) throws Exception {
    List<Accepted> accepted = new ArrayList<>();
    for (int i = 0; i < TASKS_EACH; i++) {
      int number = first + i;
      int kind = random.nextInt(4);
      try {
        Future<Integer> future = pool.submit(() -> work(kind, number, ended));
        boolean cancel = random.nextInt(8) == 0;
        accepted.add(new Accepted(future, number, cancel && future.cancel(true)));
      } catch (RejectedExecutionException e) {
        return accepted;
      }
    }
    return accepted;
  }

  private int work(int kind, int number, AtomicIntegerArray ended) throws InterruptedException {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      switch (kind) {
        case 0 -> Thread.sleep(0, 1_000);
        case 1 -> Thread.sleep(1);
        case 2 -> spin(5_000);
        default -> Thread.onSpinWait();
      }
      ended.incrementAndGet(number);
      return number;
    } finally {
      running.decrementAndGet();
    }
  }

  private static void assertOutcome(Accepted task, AtomicIntegerArray ended) throws Exception {
    assertThat(task.future().isDone()).isTrue();
    try {
      assertThat(task.future().get()).isEqualTo(task.number());
      assertThat(ended.get(task.number())).isEqualTo(1);
    } catch (CancellationException e) {
      // Who cancels a future gets no result, even if there is one; the pool's close takes none
      // away.
      assertThat(ended.get(task.number())).isLessThanOrEqualTo(task.cancelledByUs() ? 1 : 0);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
