package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues are walked by their fields; what is in them is real, and none of its methods is ever called. */
class QueuedTasksTest {
  private static class Order implements Runnable, Comparable<Order> {
    @Override
    public void run() {}

    @Override
    public int compareTo(Order other) {
      return 0;
    }

    @Override
    public final String toString() {
      throw new AssertionError("called by the account");
    }
  }

  private static final class Invoice extends Order {}

  private final Parking parking = new Parking();
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void end() {
    parking.end();
    pools.forEach(ExecutorService::shutdownNow);
  }

  @Test
  void aQueueIsWalkedFromItsHead() {
    for (BlockingQueue<Runnable> queue : List.<BlockingQueue<Runnable>>of(
        new LinkedBlockingQueue<>(), new ArrayBlockingQueue<>(3), new LinkedBlockingDeque<>())) {
      ThreadPoolExecutor pool = occupied(queue);
      pool.execute(new Order());
      pool.execute(new Invoice());
      pool.execute(new Order());

      assertThat(classes(pool, 100))
          .as(queue.getClass().getName())
          .containsExactly("Order", "Invoice", "Order");
      assertThat(classes(pool, 2)).hasSizeBetween(2, 3).startsWith("Order", "Invoice");
    }
  }

  @Test
  void aRingIsWalkedAroundItsEnd() {
    ArrayBlockingQueue<Runnable> ring = new ArrayBlockingQueue<>(2);
    ThreadPoolExecutor pool = occupied(ring);
    pool.execute(new Order());
    pool.execute(new Order());
    ring.poll();
    pool.execute(new Invoice());

    assertThat(classes(pool, 100)).containsExactly("Order", "Invoice");
  }

  @Test
  void aHeapIsWalkedInAnyOrderAndWhatIsInsideOfAFutureCounts() {
    ThreadPoolExecutor pool = occupied(new PriorityBlockingQueue<>());
    pool.execute(new Order());
    pool.execute(new Invoice());
    assertThat(classes(pool, 100)).containsExactlyInAnyOrder("Order", "Invoice");

    ThreadPoolExecutor futures = occupied(new LinkedBlockingQueue<>());
    var unused = futures.submit(new Invoice());
    assertThat(classes(futures, 100)).containsExactly("Invoice");
  }

  @Test
  void whatHasATimeIsLateOrNot() {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
    pools.add(pool);
    occupy(pool);
    var late = pool.schedule(new Order(), 0, TimeUnit.SECONDS);
    var early = pool.schedule(new Invoice(), 1, TimeUnit.HOURS);

    List<Long> lateness = new ArrayList<>();
    QueuedTasks.visit(pool, 100, (origin, nanos) -> lateness.add(nanos == null ? 0 : nanos));
    assertThat(lateness).hasSize(2);
    assertThat(Collections.max(lateness)).isNotNegative();
    assertThat(Collections.min(lateness)).isLessThan(-TimeUnit.MINUTES.toNanos(59));
    assertThat(List.of(late.isDone(), early.isDone())).containsOnly(false);
  }

  @Test
  void aTimersQueueIsWalkedToo() {
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {}
        },
        TimeUnit.HOURS.toMillis(1));

    List<Long> lateness = new ArrayList<>();
    QueuedTasks.visit(timer, 100, (origin, nanos) -> lateness.add(nanos == null ? 0 : nanos));
    assertThat(lateness).singleElement().satisfies(late -> assertThat(late).isNegative());
    assertThat(TimerBooks.queued(timer)).isEqualTo(1);
    assertThat(TimerBooks.due(timer, System.currentTimeMillis())).isZero();
    assertThat(TimerBooks.due(timer, Long.MAX_VALUE / 2_000_000)).isEqualTo(1);
    timer.cancel();
  }

  @Test
  void whatAForkJoinPoolHasNotBegunIsSeen() {
    ForkJoinPool pool = new ForkJoinPool(1);
    pools.add(pool);
    occupy(pool);
    pool.execute(new Invoice());

    assertThat(classes(pool, 100)).containsExactly("Invoice");
  }

  @Test
  void aQueueOfTheApplicationsIsNotAsked() {
    ThreadPoolExecutor pool = occupied(new SynchronousQueue<>());
    assertThat(classes(pool, 100)).isEmpty();

    class Hostile extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
      @Override
      public Iterator<Runnable> iterator() {
        throw new AssertionError("called by the account");
      }

      @Override
      public int size() {
        throw new AssertionError("called by the account");
      }

      @Override
      public void put(Runnable task) {}

      @Override
      public boolean offer(Runnable task) {
        return true;
      }

      @Override
      public boolean offer(Runnable task, long timeout, TimeUnit unit) {
        return true;
      }

      @Override
      public Runnable take() throws InterruptedException {
        throw new InterruptedException();
      }

      @Override
      public Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
        throw new InterruptedException();
      }

      @Override
      public Runnable poll() {
        throw new AssertionError("called by the account");
      }

      @Override
      public Runnable peek() {
        throw new AssertionError("called by the account");
      }

      @Override
      public int remainingCapacity() {
        return 1;
      }

      @Override
      public int drainTo(Collection<? super Runnable> drained) {
        return 0;
      }

      @Override
      public int drainTo(Collection<? super Runnable> drained, int most) {
        return 0;
      }
    }

    ThreadPoolExecutor hostile = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new Hostile());
    assertThat(classes(hostile, 100)).isEmpty();
  }

  @Test
  void itIsKnownWhereTheFirstInIsTheFirstOut() {
    assertThat(QueuedTasks.isInOrder(occupied(new LinkedBlockingQueue<>()))).isTrue();
    assertThat(QueuedTasks.isInOrder(occupied(new ArrayBlockingQueue<>(1)))).isTrue();
    assertThat(QueuedTasks.isInOrder(occupied(new PriorityBlockingQueue<>()))).isFalse();
    assertThat(QueuedTasks.isInOrder(new Timer(true))).isFalse();
  }

  private ThreadPoolExecutor occupied(BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    pools.add(pool);
    occupy(pool);
    return pool;
  }

  private void occupy(ExecutorService pool) {
    Parking begun = new Parking();
    pool.execute(() -> {
      begun.end();
      parking.park();
    });
    begun.park();
  }

  private static List<String> classes(Object executor, int limit) {
    List<String> classes = new ArrayList<>();
    await().untilAsserted(() -> {
      classes.clear();
      QueuedTasks.visit(
          executor,
          limit,
          (origin, late) -> classes.add(origin.name().substring(origin.name().indexOf('$') + 1)));
    });
    return classes;
  }
}
