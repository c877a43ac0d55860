package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hook is called directly, with real tasks in a pool whose only thread is parked. */
class PeriodicTasksTest {
  private static final class Refresh implements Runnable {
    @Override
    public void run() {}
  }

  private final Registry registry = new Registry(64);
  private final Parking parking = new Parking();
  private final List<ScheduledExecutorService> pools = new ArrayList<>();
  private final List<Future<?>> scheduled = new ArrayList<>();

  @AfterEach
  void endPools() {
    parking.end();
    pools.forEach(ScheduledExecutorService::shutdownNow);
  }

  @Test
  void tasksThatGetNoTurnAreLateWithTheLineThatScheduledThem() throws Exception {
    ScheduledExecutorService pool = blocked();
    schedule(pool, new Refresh());
    schedule(pool, new Refresh());

    LateSchedule late = awaitLate(2);

    assertThat(late.origin().name()).isEqualTo(Refresh.class.getName());
    assertThat(Census.creatorOf(late.scheduledAt())).isEqualTo("open");
    assertThat(late.owner()).isNotNull();
    assertThat(late.fixedRate()).isTrue();
    assertThat(late.running()).isFalse();
    assertThat(late.periodNanos()).isEqualTo(1_000_000);
    assertThat(late.runsBehind()).isEqualTo(late.lateNanos() / 1_000_000).isPositive();
    assertThat(FieldWalk.held(registry)).isEmpty();
  }

  @Test
  void thoseOfAPoolFromBeforeTheAgentAreAdopted() throws Exception {
    ScheduledExecutorService pool = blocked();
    var unused = pool.scheduleAtFixedRate(new Refresh(), 0, 1, TimeUnit.MILLISECONDS);

    assertThat(awaitLate(1).scheduledAt()).isNull();
  }

  @Test
  void whatIsCancelledOrShutDownIsLateNoMore() throws Exception {
    ScheduledExecutorService pool = blocked();
    schedule(pool, new Refresh());
    schedule(pool, new Refresh());
    awaitLate(2);

    scheduled.get(0).cancel(false);
    assertThat(awaitLate(1).tasks()).isEqualTo(1);

    pool.shutdown();
    Census.of(registry);
    assertThat(late()).isEmpty();
  }

  @Test
  void whatIsNotDueIsNotLate() throws Exception {
    ScheduledExecutorService pool = blocked();
    registry
        .tasks()
        .onSubmitted(pool, pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS));
    registry
        .tasks()
        .onSubmitted(pool, pool.scheduleAtFixedRate(new Refresh(), 0, 1, TimeUnit.HOURS));
    Census.of(registry);

    assertThat(late()).isEmpty();
  }

  @Test
  void whatTheCapRefusesIsCounted() {
    PeriodicTasks account =
        new PeriodicTasks(new StackBudget(), new CreationSites(64), new Tallies(), 2);
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    pools.add(pool);
    List<Future<?>> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Future<?> task = pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS);
      held.add(task);
      account.onSubmitted(pool, task);
    }
    account.takeIn();

    assertThat(account.size()).isEqualTo(2);
    assertThat(account.dropped()).isEqualTo(3);
    assertThat(held).hasSize(5);
  }

  private ScheduledExecutorService blocked() {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    pools.add(pool);
    pool.execute(parking::park);
    return pool;
  }

  private void schedule(ScheduledExecutorService pool, Runnable task) {
    scheduled.add(QuoteService.open(
        () -> pool.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS),
        announced -> registry.tasks().onSubmitted(pool, announced)));
  }

  private LateSchedule awaitLate(int tasks) {
    await().until(() -> {
      Census.of(registry);
      return late().stream().mapToLong(LateSchedule::tasks).sum() == tasks;
    });
    return late().iterator().next();
  }

  private Collection<LateSchedule> late() {
    return registry.tasks().lateSchedules();
  }
}
