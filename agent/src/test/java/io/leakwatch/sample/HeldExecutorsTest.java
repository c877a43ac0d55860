package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import io.leakwatch.registry.FieldWalk;
import io.leakwatch.registry.LaterJdk;
import io.leakwatch.registry.Parking;
import io.leakwatch.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real executors; samples are numbered from 0. */
class HeldExecutorsTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private final Registry registry = new Registry(64);
  private final Sampler sampler = new Sampler(registry, null, 64, null, name -> true);
  private final Parking parking = new Parking();
  private final List<ExecutorService> pools = new ArrayList<>();
  private int samples;

  @AfterEach
  void endThreads() throws InterruptedException {
    parking.end();
    pools.forEach(ExecutorService::shutdown);
    for (ExecutorService pool : pools) {
      assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void datesAPoolByTheSampleThatSawItShutDown() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(2));
    awaitParked(pool);
    take();
    assertThat(take().used().atWork()).hasToString("born:");

    pool.shutdown();
    HeldExecutors held = take();
    assertThat(held.used().atWork()).hasToString("born: 2=1");
    assertThat(held.used().motionless()).hasToString("born: 2=1");
    assertThat(held.handedOver().atWork()).hasToString("born:");
    assertThat(held.threads()).isEqualTo(1);
    assertThat(held.names()).hasSize(1);
    assertThat(held.details().get(0).stack())
        .anyMatch(f -> f.getClassName().equals(Parking.class.getName()));

    assertThat(take().used().motionless()).hasToString("born: 2=1");
  }

  @Test
  void datesItAnewWhenATaskEnds() throws Exception {
    SynchronousQueue<String> steps = new SynchronousQueue<>();
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    pool.execute(() -> {
      worker.complete(Thread.currentThread());
      takeFrom(steps);
    });
    pool.execute(parking::park);
    awaitWaiting(worker.get(1, TimeUnit.MINUTES));
    take();
    take();
    pool.shutdown();
    assertThat(take().used().atWork()).hasToString("born: 2=1");

    steps.put("the first task may end");
    await().until(() -> take().used().atWork().oldestBirth() > 2);

    int begun = take().used().atWork().oldestBirth();
    assertThat(take().used().atWork()).hasToString("born: " + begun + "=1");
  }

  @Test
  void aTaskThatMovesIsNotMotionless() throws Exception {
    SynchronousQueue<String> steps = new SynchronousQueue<>();
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    pool.execute(() -> {
      worker.complete(Thread.currentThread());
      takeFrom(steps);
      parking.park();
    });
    awaitWaiting(worker.get(1, TimeUnit.MINUTES));
    take();
    take();
    pool.shutdown();
    assertThat(take().used().motionless()).hasToString("born: 2=1");

    steps.put("to the next step");
    await().until(() -> take().used().motionless().oldestBirth() > 2);

    assertThat(take().used().atWork()).hasToString("born: 2=1");
  }

  @Test
  void aTaskThatWaitsAgainInTheSamePlaceIsNotMotionless() throws Exception {
    List<CompletableFuture<String>> answers =
        List.of(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    pool.execute(() -> {
      worker.complete(Thread.currentThread());
      answers.forEach(CompletableFuture::join);
    });
    awaitWaiting(worker.get(1, TimeUnit.MINUTES));
    take();
    take();
    pool.shutdown();
    assertThat(take().used().motionless()).hasToString("born: 2=1");

    answers.get(0).complete("the first answer");
    await().until(() -> take().used().motionless().oldestBirth() > 2);

    assertThat(take().used().atWork()).hasToString("born: 2=1");
    answers.forEach(answer -> answer.complete("the others"));
  }

  @Test
  void aTaskThatComputesMayMove() throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    pool.execute(() -> {
      worker.complete(Thread.currentThread());
      while (!end.get()) {
        Thread.onSpinWait();
      }
    });
    worker.get(1, TimeUnit.MINUTES);
    take();
    take();
    pool.shutdown();

    HeldExecutors held = take();
    end.set(true);

    assertThat(held.used().atWork()).hasToString("born: 2=1");
    assertThat(held.used().motionless()).hasToString("born:");
  }

  @Test
  void oneThatIsShutDownAsSoonAsItIsMadeWasHandedOver() throws Exception {
    take();
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    awaitParked(pool);
    pool.shutdown();

    HeldExecutors held = take();

    assertThat(held.used().atWork()).hasToString("born:");
    assertThat(held.handedOver().atWork()).hasToString("born: 1=1");
    assertThat(held.handedOver().motionless()).hasToString("born: 1=1");
    assertThat(take().handedOver().motionless()).hasToString("born: 1=1");
  }

  @Test
  void itsWorkersThatWaitForATaskDoNotHoldIt() throws Exception {
    ScheduledExecutorService pool = open(() -> Executors.newScheduledThreadPool(1));
    var unused = pool.schedule(() -> {}, 1, TimeUnit.HOURS);
    take();
    take();
    pool.shutdown();

    assertThat(take().used().atWork()).hasToString("born:");

    pool.shutdownNow();
  }

  @Test
  void ofAForkJoinPoolsWorkersTheIdleOnesDoNotHoldIt() throws Exception {
    ForkJoinPool pool = open(() -> new ForkJoinPool(2));
    CompletableFuture.runAsync(() -> {}, pool).get(1, TimeUnit.MINUTES);
    awaitParked(pool);
    take();
    take();
    pool.shutdown();

    HeldExecutors held = take();

    assertThat(held.threads()).isEqualTo(1);
    assertThat(held.used().motionless()).hasToString("born: 2=1");
    assertThat(take().used().motionless()).hasToString("born: 2=1");
  }

  @Test
  void aTimerIsHeldByItsTaskWhenItIsCancelled() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Timer timer =
        QuoteService.open(() -> new Timer("quotes", true), registry.executors()::onCreated);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            thread.complete(Thread.currentThread());
            parking.park();
          }
        },
        0);
    awaitWaiting(thread.get(1, TimeUnit.MINUTES));
    take();
    take();
    timer.cancel();

    assertThat(take().used().motionless()).hasToString("born: 2=1");
    parking.end();
    thread.get().join();
  }

  @Test
  void aPerTaskExecutorIsHeldByItsThreads() throws Exception {
    LaterJdk.assumeVirtualThreads();
    ExecutorService pool = open(() -> LaterJdk.threadPerTask(Executors.defaultThreadFactory()));
    awaitParked(pool);
    awaitParked(pool);
    take();
    take();
    pool.shutdown();

    HeldExecutors held = take();

    assertThat(held.threads()).isEqualTo(2);
    assertThat(held.used().motionless()).hasToString("born: 2=1");
  }

  @Test
  void keepsNoneOfTheirThreads() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(2));
    awaitParked(pool);
    pool.shutdown();
    take();
    take();

    assertThat(FieldWalk.held(sampler)).isEmpty();
  }

  private HeldExecutors take() {
    Duration elapsed = Duration.ofSeconds(samples++);
    return sampler.take(START.plus(elapsed), elapsed).executors().stream()
        .filter(g -> g.createdAt().stream().anyMatch(f -> f.getMethodName().equals("open")))
        .map(SiteExecutors::held)
        .findFirst()
        .orElse(HeldExecutors.NONE);
  }

  private <E extends ExecutorService> E open(Callable<E> maker) {
    E pool = QuoteService.open(maker, registry.executors()::onCreated);
    pools.add(pool);
    return pool;
  }

  /** Hands in a task that parks, and waits until it does. */
  private void awaitParked(ExecutorService pool) throws Exception {
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    pool.execute(() -> {
      worker.complete(Thread.currentThread());
      parking.park();
    });
    awaitWaiting(worker.get(1, TimeUnit.MINUTES));
  }

  private static void awaitWaiting(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static void takeFrom(SynchronousQueue<String> steps) {
    try {
      steps.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
