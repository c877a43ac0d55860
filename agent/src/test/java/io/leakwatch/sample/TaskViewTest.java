package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import io.leakwatch.registry.LaterJdk;
import io.leakwatch.registry.Parking;
import io.leakwatch.registry.Registry;
import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.RunningTasks;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.WaitingTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Views of real executors, made while the clock stands still; the hooks are called where the woven JDK would. */
class TaskViewTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private static final class Order implements Runnable {
    private final Parking begun = new Parking();
    private final Parking until;

    Order(Parking until) {
      this.until = until;
    }

    @Override
    public void run() {
      begun.end();
      until.park();
    }
  }

  private final Registry registry = new Registry(64);
  private final Sampler sampler =
      new Sampler(registry, null, 64, Duration.ofSeconds(30), name -> name.startsWith("com.acme."));
  private final Parking end = new Parking();
  private final List<ExecutorService> pools = new ArrayList<>();
  private int second;

  @AfterEach
  void end() {
    end.end();
    pools.forEach(ExecutorService::shutdownNow);
    // A thread that is still about to end would be in the samples of the next test.
    pools.forEach(pool -> await().until(pool::isTerminated));
  }

  @Test
  void aTaskIsToldWithItsAgeItsThreadAndWhereItWasHandedIn() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(2));
    submit(pool, new Order(end));
    sampleAt(10);
    sampleAt(20);

    ExecutorTasks tasks = viewAt(25);
    assertThat(tasks.noun()).isEqualTo("executor");
    assertThat(tasks.createdAt()).startsWith("com.acme.QuoteService$Desk.open(");
    assertThat(tasks.threads()).isEqualTo(1);
    assertThat(tasks.maximum()).isEqualTo(2);
    assertThat(tasks.counts().running()).isEqualTo(1);
    assertThat(tasks.running()).singleElement().satisfies(running -> {
      assertThat(running.count()).isEqualTo(1);
      assertThat(running.task()).isEqualTo(Order.class.getName() + ".run");
      assertThat(running.oldest()).isEqualTo(Duration.ofSeconds(15));
      assertThat(running.thread()).startsWith("pool-");
      assertThat(running.state()).isEqualTo(Thread.State.WAITING);
      assertThat(running.submittedAt()).startsWith("com.acme.QuoteService$Desk.order(");
    });
  }

  @Test
  void tasksThatAreAlikeAreToldAsOneAndTheRestAsANumber() throws Exception {
    ExecutorService pool = open(Executors::newCachedThreadPool);
    for (int i = 0; i < 25; i++) {
      submit(pool, new Order(end));
    }
    sampleAt(10);

    ExecutorTasks tasks = viewAt(20);
    assertThat(tasks.counts().running()).isEqualTo(25);
    assertThat(tasks.running()).extracting(RunningTasks::count).containsExactly(10L);
    assertThat(tasks.untoldRunning()).isEqualTo(15);
    assertThat(tasks.maximum()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatWaitsIsToldWithTheAgeOfTheNextOne() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    Parking first = new Parking();
    submit(pool, new Order(first));
    Order second = new Order(end);
    hand(pool, second);
    sampleAt(10);
    hand(pool, new Order(end));
    sampleAt(20);

    assertThat(waiting(viewAt(30))).isEqualTo(List.of(2L, Duration.ofSeconds(20)));

    first.end();
    second.begun.park();
    assertThat(waiting(viewAt(40))).isEqualTo(List.of(1L, Duration.ofSeconds(20)));
  }

  @Test
  void tasksThatWereTakenOutOfTheQueueMakeTheAgeRatherTooShort() throws Exception {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) open(() -> Executors.newFixedThreadPool(1));
    submit(pool, new Order(end));
    Order removed = new Order(end);
    hand(pool, removed);
    sampleAt(10);
    assertThat(pool.remove(removed)).isTrue();
    hand(pool, new Order(end));
    sampleAt(20);
    hand(pool, new Order(end));

    assertThat(pool.remove(pool.getQueue().peek())).isTrue();
    sampleAt(30);
    assertThat((Duration) waiting(viewAt(40)).get(1)).isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatIsScheduledForLaterDoesNotWait() throws Exception {
    ScheduledExecutorService pool = open(() -> Executors.newScheduledThreadPool(1));
    submit(pool, new Order(end));
    var late = pool.schedule(new Order(end), 0, TimeUnit.SECONDS);
    var early = pool.schedule(new Order(end), 1, TimeUnit.HOURS);
    sampleAt(10);

    await().untilAsserted(() -> {
      ExecutorTasks tasks = viewAt(20);
      assertThat(tasks.counts().waiting()).isEqualTo(1);
      assertThat(tasks.counts().scheduled()).isEqualTo(1);
      assertThat(tasks.waiting()).extracting(WaitingTasks::count).containsExactly(1L);
    });
    assertThat(List.of(late.isDone(), early.isDone())).containsOnly(false);
  }

  @Test
  void whatBecameOfTheTasksIsCounted() throws Exception {
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    pool.submit(() -> 3).get();
    pool.submit(() -> 4).get();
    registry.tasks().onRejected(pool);
    registry.tasks().onWorkerEnded(pool, true);
    registry.tasks().onWorkerEnded(pool, false);
    sampleAt(10);

    await().untilAsserted(() -> assertThat(viewAt(20).counts().finished()).isEqualTo(2));
    ExecutorTasks tasks = viewAt(20);
    assertThat(tasks.counts().rejected()).isEqualTo(1);
    assertThat(tasks.counts().failed()).isEqualTo(1);
    assertThat(tasks.counts().submitted()).isEqualTo(3);
  }

  @Test
  void executorsThatAreMadeAtOnePlaceAreOne() throws Exception {
    for (int i = 0; i < 3; i++) {
      submit(open(() -> Executors.newFixedThreadPool(1)), new Order(end));
    }
    sampleAt(10);

    ExecutorTasks tasks = viewAt(20);
    assertThat(tasks.executors()).isEqualTo(3);
    assertThat(tasks.counts().running()).isEqualTo(3);
  }

  @Test
  void virtualThreadsOfNobodyAreToldByWhereTheyAreMade() throws Exception {
    LaterJdk.assumeVirtualThreads();
    for (int i = 0; i < 3; i++) {
      Thread thread = LaterJdk.unstartedVirtual("", end::park);
      QuoteService.quote(thread, t -> registry.threads().onVirtualCreated(t, end::park));
    }
    sampleAt(10);
    sampleAt(20);

    TaskView view = Objects.requireNonNull(
        sampler.takeExtra(START.plusSeconds(30), Duration.ofSeconds(30)).tasks());
    assertThat(view.threads()).anySatisfy(threads -> {
      assertThat(threads.createdAt()).startsWith("com.acme.QuoteService");
      assertThat(threads.count()).isEqualTo(3);
      assertThat(threads.oldest()).isEqualTo(Duration.ofSeconds(20));
    });
  }

  @Test
  void aViewChangesNothingInTheSamplesThatFollow() throws Exception {
    submit(open(() -> Executors.newFixedThreadPool(1)), new Order(end));
    sampleAt(10);
    for (int i = 11; i < 20; i++) {
      viewAt(i);
    }
    sampleAt(50);

    assertThat(sample(60).slowTasks())
        .singleElement()
        .satisfies(task -> assertThat(task.runningFor()).isEqualTo(Duration.ofSeconds(50)));
  }

  @Test
  void whoAsksInBetweenDoesNotHideThatASlowTaskHasEnded() throws Exception {
    Parking gate = new Parking();
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    submit(pool, new Order(gate));
    sampleAt(0);
    assertThat(sample(40).slowTasks()).hasSize(1);
    viewAt(45);
    gate.end();
    await().until(() -> ((ThreadPoolExecutor) pool).getCompletedTaskCount() == 1);

    assertThat(sample(50).endedTasks()).hasSize(1);
  }

  @Test
  void theThreadThatTheJdkHasForAChildProcessIsNotSlow() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    try {
      sampleAt(0);
      sampleAt(50);
      assertThat(sample(100).slowTasks()).isEmpty();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aMethodOfTheJdksThatIsHandedInMayBeSlow() throws Exception {
    LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    Future<Integer> taken = pool.submit(queue::take);
    await().until(() -> ((ThreadPoolExecutor) pool).getActiveCount() == 1);
    sampleAt(0);
    assertThat(sample(40).slowTasks()).hasSize(1);
    queue.add(1);
    assertThat(taken.get()).isEqualTo(1);
  }

  @Test
  void whenASlowTaskHasEndedTheNextSampleSaysSoOnce() throws Exception {
    Parking gate = new Parking();
    Order order = new Order(gate);
    ExecutorService pool = open(() -> Executors.newFixedThreadPool(1));
    submit(pool, order);
    sampleAt(0);
    assertThat(sample(40).slowTasks()).hasSize(1);
    gate.end();
    await().until(() -> ((ThreadPoolExecutor) pool).getCompletedTaskCount() == 1);

    assertThat(sample(50).endedTasks())
        .singleElement()
        .satisfies(ended -> assertThat(ended.ranFor()).isEqualTo(Duration.ofSeconds(50)));
    assertThat(sample(60).endedTasks()).isEmpty();
  }

  private static List<Object> waiting(ExecutorTasks tasks) {
    assertThat(tasks.waiting()).hasSize(1);
    WaitingTasks waiting = tasks.waiting().get(0);
    assertThat(waiting.task()).isEqualTo(Order.class.getName() + ".run");
    return List.of(waiting.count(), Objects.requireNonNull(waiting.oldest()));
  }

  private void sampleAt(int time) {
    sample(time);
  }

  private Sample sample(int time) {
    second = time;
    return sampler.take(START.plusSeconds(time), Duration.ofSeconds(time));
  }

  /** Of the executors that this test has made at its one place. */
  private ExecutorTasks viewAt(int time) {
    assertThat(time).isGreaterThanOrEqualTo(second);
    TaskView view = Objects.requireNonNull(
        sampler.takeExtra(START.plusSeconds(time), Duration.ofSeconds(time)).tasks());
    List<ExecutorTasks> mine = view.executors().stream()
        .filter(tasks -> tasks.createdAt().startsWith("com.acme."))
        .toList();
    assertThat(mine).hasSize(1);
    return mine.get(0);
  }

  private <E extends ExecutorService> E open(Callable<E> maker) {
    E pool = QuoteService.open(maker, registry.executors()::onCreated);
    pools.add(pool);
    return pool;
  }

  private void submit(ExecutorService pool, Order order) {
    hand(pool, order);
    order.begun.park();
  }

  private void hand(ExecutorService pool, Order order) {
    QuoteService.order(pool, order, registry.tasks()::onSubmitted);
  }
}
