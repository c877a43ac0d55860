package io.leakwatch.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.acme.QuoteService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hooks are called where the woven JDK would, with real executors. */
class TaskRegistryTest {
  private static final class Refresh implements Runnable {
    @Override
    public void run() {}
  }

  private final Registry registry = new Registry(64);
  private final TaskRegistry tasks = registry.tasks();
  private final Throwable failure = new IllegalStateException("on purpose");
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void endPools() {
    pools.forEach(ExecutorService::shutdownNow);
  }

  @Test
  void whereATaskIsHandedInIsKnownByTheMethodThatItIs() {
    QuoteService.order(Runnable::run, new Refresh(), tasks::onSubmitted);
    QuoteService.order(Runnable::run, new FutureTask<>(new Refresh(), 3), tasks::onSubmitted);
    Census.of(registry);

    assertThat(tasks.enteredBy(Refresh.class.getName() + ".run"))
        .singleElement()
        .satisfies(origin -> assertThat(origin.submittedAt())
            .singleElement()
            .satisfies(site -> assertThat(Census.creatorOf(site)).isEqualTo("order")));
    assertThat(tasks.enteredBy("com.acme.Other.run")).isEmpty();
  }

  @Test
  void whatTheJdkIsAboutToRefuseIsNoFailureOfOurs() {
    assertThatCode(() -> {
          tasks.onSubmitted(Executors.class, null);
          tasks.onFailed(new FutureTask<>(new Refresh(), 3), null);
          tasks.onUncaught(Thread.currentThread(), null);
          tasks.onCancelling("no future");
        })
        .doesNotThrowAnyException();
  }

  @Test
  void aTaskThatFailsIsCountedForThePoolWhoseWorkerRanIt() throws Exception {
    ExecutorService pool = open(Executors.newFixedThreadPool(1));
    failIn(pool);
    Census.of(registry);

    assertThat(entry(pool).failedTasks()).isEqualTo(1);
  }

  @Test
  void soItIsWhereAThreadFactoryHasPutSomethingAroundTheWorker() throws Exception {
    ThreadFactory wrapping = worker -> new Thread(() -> worker.run());
    ExecutorService pool = open(Executors.newFixedThreadPool(1, wrapping));
    failIn(pool);
    Census.of(registry);
    Census.of(registry);

    assertThat(entry(pool).failedTasks()).isEqualTo(1);
  }

  @Test
  void aStageThatFailsIsCountedForTheForkJoinPoolThatRanIt() throws Exception {
    ExecutorService pool = open(Executors.newWorkStealingPool(1));
    CompletableFuture<?> stage = new CompletableFuture<>();
    pool.submit(() -> tasks.onFailed(stage, failure)).get();
    Census.of(registry);

    assertThat(entry(pool).failedTasks()).isEqualTo(1);
  }

  @Test
  void aScheduledTaskIsCancelledInItsPool() {
    ScheduledExecutorService pool = open(Executors.newScheduledThreadPool(1));
    Future<?> later = pool.schedule(new Refresh(), 1, TimeUnit.HOURS);
    tasks.onCancelling(later);
    later.cancel(false);
    tasks.onCancelling(later);
    Census.of(registry);

    assertThat(entry(pool).cancelledTasks()).isEqualTo(1);
    assertThat(tasks.cancelledElsewhere()).isZero();
  }

  @Test
  void aTaskThatIsCancelledBeforeItRanIsCountedForNobody() {
    tasks.onCancelling(new FutureTask<>(new Refresh(), 3));

    assertThat(tasks.cancelledElsewhere()).isEqualTo(1);
  }

  @Test
  void whatIsRefusedIsCounted() {
    ExecutorService pool = open(Executors.newFixedThreadPool(1));
    tasks.onRejected(pool);
    tasks.onRejected(pool);
    Census.of(registry);

    assertThat(entry(pool).rejectedTasks()).isEqualTo(2);
  }

  private void failIn(ExecutorService pool) throws Exception {
    FutureTask<?> future = new FutureTask<>(new Refresh(), 3);
    pool.submit(() -> tasks.onFailed(future, failure)).get();
  }

  private ExecutorEntry entry(ExecutorService pool) {
    return requireNonNull(Census.entry(registry, pool));
  }

  private <E extends ExecutorService> E open(E pool) {
    pools.add(pool);
    registry.executors().onCreated(pool);
    return pool;
  }
}
