package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import io.leakwatch.registry.Parking;
import io.leakwatch.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With real executors whose workers are kept busy; samples are numbered from 0. */
class QueuesTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final int NEVER = Integer.MAX_VALUE;

  /** As web servers have one: an unbounded queue that a pool takes for full. */
  private static final class EagerQueue extends LinkedBlockingQueue<Runnable> {}

  private final Registry registry = new Registry(64);
  private final Sampler sampler = new Sampler(registry, null, 64, null, name -> true);
  private final Parking parking = new Parking();
  private final List<ExecutorService> pools = new ArrayList<>();
  private int samples;

  @AfterEach
  void endThreads() throws InterruptedException {
    parking.end();
    pools.forEach(ExecutorService::shutdownNow);
    for (ExecutorService pool : pools) {
      assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  static List<BlockingQueue<Runnable>> queuesOfTheJdk() {
    return List.of(
        new LinkedBlockingQueue<>(),
        new LinkedBlockingQueue<>(10),
        new ArrayBlockingQueue<>(10),
        new PriorityBlockingQueue<>(11, Comparator.comparingInt(Object::hashCode)),
        new LinkedBlockingDeque<>(),
        new EagerQueue());
  }

  @ParameterizedTest
  @MethodSource("queuesOfTheJdk")
  void countsWhatWaitsInAQueueOfTheJdk(BlockingQueue<Runnable> queue) throws Exception {
    ExecutorService pool = open(() -> new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, queue));
    park(pool);
    for (int i = 0; i < 5; i++) {
      pool.execute(() -> {});
    }

    Queues queues = take();

    assertThat(queues.tasks()).isEqualTo(5);
    assertThat(List.of(queues.executors(), queues.threads(), queues.maximum(), queues.running()))
        .containsExactly(1L, 1L, 1L, 1L);
  }

  @Test
  void aPoolWhoseQueueIsNeverFullDoesNotGrowBeyondItsCore() throws Exception {
    BlockingQueue<Runnable> neverFull = new LinkedBlockingQueue<>();
    ExecutorService pool =
        open(() -> new ThreadPoolExecutor(2, 50, 1, TimeUnit.MINUTES, neverFull));
    park(pool);

    assertThat(take().maximum()).isEqualTo(2);
  }

  @Test
  void ofAScheduledPoolOnlyWhatIsDueWaits() throws Exception {
    ScheduledExecutorService pool = open(() -> Executors.newScheduledThreadPool(1));
    park(pool);
    for (int i = 0; i < 7; i++) {
      var later = pool.schedule(() -> {}, 1 + i % 3, TimeUnit.HOURS);
      assertThat(later.isDone()).isFalse();
    }
    assertThat(take().tasks()).isZero();

    for (int i = 0; i < 3; i++) {
      pool.execute(() -> {});
    }
    assertThat(take().tasks()).isEqualTo(3);
  }

  @Test
  void datesAPoolWhoseWorkersAreAllStuck() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(2));
    park(pool);
    park(pool);
    assertThat(take().stuckSince()).as("nothing is in its queue").isEqualTo(NEVER);

    pool.execute(() -> {});
    assertThat(take().stuckSince()).isEqualTo(1);
    pool.execute(() -> {});
    assertThat(take().stuckSince()).isEqualTo(1);
  }

  @Test
  void aPoolIsNotStuckWhenOneOfItsWorkersWaitsWithATimeout() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(2));
    park(pool);
    CompletableFuture<Thread> sleeper = new CompletableFuture<>();
    pool.execute(() -> {
      sleeper.complete(Thread.currentThread());
      sleep();
    });
    pool.execute(() -> {});
    Thread thread = sleeper.get(1, TimeUnit.MINUTES);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

    assertThat(take().stuckSince()).isEqualTo(NEVER);
  }

  @Test
  void whatIsLeftInTheQueueOfAnExecutorThatIsShutDownDrains() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    park(pool);
    pool.execute(() -> {});
    pool.shutdown();

    assertThat(take()).isEqualTo(Queues.EMPTY);
  }

  private Queues take() {
    Duration elapsed = Duration.ofSeconds(samples++);
    return sampler.take(START.plus(elapsed), elapsed).executors().stream()
        .filter(g -> g.createdAt().stream().anyMatch(f -> f.getMethodName().equals("open")))
        .map(SiteExecutors::queues)
        .findFirst()
        .orElseThrow();
  }

  private <E extends ExecutorService> E open(Callable<E> maker) {
    E pool = QuoteService.open(maker, registry.executors()::onCreated);
    pools.add(pool);
    return pool;
  }

  /** Keeps a worker busy. */
  private void park(ExecutorService pool) throws Exception {
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    pool.execute(() -> {
      worker.complete(Thread.currentThread());
      parking.park();
    });
    Thread thread = worker.get(1, TimeUnit.MINUTES);
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static void sleep() {
    try {
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
