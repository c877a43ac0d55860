package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.QuoteService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hook is called directly, with real tasks that are not due. */
class StoppedSchedulesTest {
  private static final class Refresh implements Runnable {
    @Override
    public void run() {
      throw new AssertionError("it is not due");
    }
  }

  private final Registry registry = new Registry(64);
  private final Throwable failure = new IllegalStateException("the password is secret");
  private final List<ScheduledExecutorService> pools = new ArrayList<>();

  @AfterEach
  void endPools() {
    pools.forEach(ScheduledExecutorService::shutdownNow);
  }

  @Test
  void aPeriodicTaskThatThrowsIsKnownByItsClassWhatItThrewAndItsPool() throws Exception {
    ScheduledExecutorService pool = open();
    fail(pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS));
    fail(pool.scheduleWithFixedDelay(new Refresh(), 1, 1, TimeUnit.HOURS));
    fail(open().scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS));
    Census.of(registry);

    assertThat(stopped()).singleElement().satisfies(stopped -> {
      assertThat(stopped.taskClass()).isEqualTo(Refresh.class.getName());
      assertThat(stopped.exceptionClass()).isEqualTo("java.lang.IllegalStateException");
      assertThat(stopped.count()).isEqualTo(3);
      assertThat(Census.creatorOf(stopped.site())).isEqualTo("open");
    });
  }

  @Test
  void eachExceptionIsKnownByItself() throws Exception {
    ScheduledExecutorService pool = open();
    fail(pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS));
    registry
        .tasks()
        .onFailed(
            pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS),
            new StackOverflowError());
    Census.of(registry);

    assertThat(stopped())
        .extracting(StoppedSchedule::exceptionClass)
        .containsExactly("java.lang.IllegalStateException", "java.lang.StackOverflowError");
  }

  @Test
  void aTaskThatRunsOnceIsTheBusinessOfItsFuture() throws Exception {
    fail(open().schedule(new Refresh(), 1, TimeUnit.HOURS));
    fail(new FutureTask<>(new Refresh(), null));
    Census.of(registry);

    assertThat(stopped()).isEmpty();
  }

  @Test
  void whoCancelsATaskKnowsThatItRunsNoMore() throws Exception {
    Future<?> cancelled = open().scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS);
    cancelled.cancel(true);
    fail(cancelled);
    Census.of(registry);

    assertThat(stopped()).isEmpty();
  }

  @Test
  void whoShutsThePoolDownKnowsThatItsTasksRunNoMore() throws Exception {
    ScheduledExecutorService pool = open();
    Future<?> task = pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS);
    pool.shutdownNow();
    fail(task);
    Census.of(registry);

    assertThat(stopped()).isEmpty();
  }

  @Test
  void whereAPoolWasMadeThatHasTerminatedSinceIsStillKnown() throws Exception {
    ScheduledExecutorService pool = open();
    Census.of(registry);
    fail(pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS));
    pool.shutdownNow();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    Census.of(registry);

    assertThat(stopped())
        .singleElement()
        .satisfies(stopped -> assertThat(Census.creatorOf(stopped.site())).isEqualTo("open"));
  }

  @Test
  void holdsNeitherTheTaskNorWhatItThrew() throws Exception {
    fail(open().scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS));
    assertThat(FieldWalk.held(registry.executors()))
        .as("but for the creation stack, up to the next census")
        .allMatch(path -> path.contains("trace"));
    Census.of(registry);

    assertThat(FieldWalk.held(registry)).isEmpty();
  }

  @Test
  void whereItWasScheduledIsKnown() throws Exception {
    ScheduledExecutorService pool = open();
    fail(QuoteService.open(
        () -> pool.scheduleAtFixedRate(new Refresh(), 1, 1, TimeUnit.HOURS),
        task -> registry.tasks().onSubmitted(pool, task)));
    Census.of(registry);

    assertThat(stopped()).singleElement().satisfies(stopped -> {
      assertThat(Census.creatorOf(stopped.scheduledAt())).isEqualTo("open");
      assertThat(stopped.ofTimer()).isFalse();
    });
  }

  private List<StoppedSchedule> stopped() {
    return List.copyOf(registry.tasks().stoppedSchedules());
  }

  private void fail(Future<?> task) {
    registry.tasks().onFailed(task, failure);
  }

  private ScheduledExecutorService open() {
    ScheduledExecutorService pool = QuoteService.open(
        () -> Executors.newScheduledThreadPool(1), registry.executors()::onCreated);
    pools.add(pool);
    return pool;
  }
}
