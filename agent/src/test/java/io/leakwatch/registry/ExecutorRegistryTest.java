package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hook is called directly, with real executors. */
class ExecutorRegistryTest {
  /** A thread factory's wrapper. */
  private record Wrapped(Runnable inner) implements Runnable {
    @Override
    public void run() {
      inner.run();
    }
  }

  private final Registry registry = new Registry(64);
  private final Consumer<Object> onCreated = registry.executors()::onCreated;
  private final Parking parking = new Parking();
  private final List<Runnable> atEnd = new ArrayList<>();

  @AfterEach
  void endThreads() {
    parking.end();
    atEnd.forEach(Runnable::run);
  }

  @Test
  void knowsAFixedPoolsThreads() throws Exception {
    ExecutorService pool =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(2), onCreated));
    Thread worker = busyThreadOf(pool);
    pool.execute(parking::park);
    for (int i = 0; i < 3; i++) {
      pool.execute(() -> {});
    }

    ExecutorEntry owner = ownerOf(worker);

    assertThat(owner.kind()).isEqualTo(ExecutorKind.THREAD_POOL);
    assertThat(owner.className()).isEqualTo("java.util.concurrent.ThreadPoolExecutor");
    assertThat(Census.creatorOf(owner.site())).isEqualTo("open");
    assertThat(owner.isAdopted()).isFalse();
    assertThat(owner.isShutDown()).isFalse();
    assertThat(owner.isUnbounded()).isFalse();
    assertThat(owner.idleTimeout()).isNull();
    assertThat(owner.liveThreads()).isEqualTo(2);
    assertThat(owner.queuedTasks()).isEqualTo(3);
  }

  @Test
  void tellsABusyWorkerFromAnIdleOne() throws Exception {
    ExecutorService pool =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(2), onCreated));
    busyThreadOf(pool);
    Thread idle = CompletableFuture.supplyAsync(Thread::currentThread, pool).get();

    // The second worker lets go of its lock only after it has handed out its result.
    await().until(() -> ownerOf(idle).runningTasks() == 1);
    assertThat(ownerOf(idle).liveThreads()).isEqualTo(2);
  }

  @Test
  void knowsACachedPoolsThreadsAndThatTheyEndByThemselves() throws Exception {
    ExecutorService pool =
        closing(QuoteService.open(() -> Executors.newCachedThreadPool(), onCreated));

    ExecutorEntry owner = ownerOf(busyThreadOf(pool));

    assertThat(owner.isUnbounded()).isTrue();
    assertThat(owner.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void knowsAScheduledPoolsThreads() throws Exception {
    ScheduledExecutorService pool =
        closing(QuoteService.open(() -> Executors.newScheduledThreadPool(1), onCreated));
    Thread worker = busyThreadOf(pool);
    var later = pool.schedule(() -> {}, 1, TimeUnit.HOURS);

    ExecutorEntry owner = ownerOf(worker);

    assertThat(owner.kind()).isEqualTo(ExecutorKind.SCHEDULED_POOL);
    assertThat(owner.isUnbounded()).isFalse();
    assertThat(owner.queuedTasks()).isEqualTo(1);
    later.cancel(false);
  }

  @Test
  void knowsAForkJoinPoolsThreads() throws Exception {
    ForkJoinPool pool = closing(QuoteService.open(() -> new ForkJoinPool(1), onCreated));

    ExecutorEntry owner = ownerOf(busyThreadOf(pool));

    assertThat(owner.kind()).isEqualTo(ExecutorKind.FORK_JOIN_POOL);
    assertThat(Census.creatorOf(owner.site())).isEqualTo("open");
    assertThat(owner.idleTimeout()).isNull();
    assertThat(owner.isUnbounded()).isFalse();
    assertThat(owner.isTheJvmsOwn()).isFalse();
  }

  @Test
  void knowsTheCommonPoolAsTheJvmsOwn() throws Exception {
    assertThat(ownerOf(busyThreadOf(ForkJoinPool.commonPool())).isTheJvmsOwn()).isTrue();
  }

  @Test
  void adoptsATimerThroughItsThreadAndKnowsItAgainWhenItIsAnnounced() throws Exception {
    Timer timer = new Timer("quotes", true);
    Thread thread = busyThreadOf(timer);
    ExecutorEntry adopted =
        Objects.requireNonNull(Census.of(registry).get(thread).owner());

    assertThat(adopted.kind()).isEqualTo(ExecutorKind.TIMER);
    assertThat(adopted.className()).isEqualTo("java.util.Timer");
    assertThat(adopted.isAdopted()).isTrue();
    assertThat(adopted.runningTasks()).isEqualTo(1);

    registry.executors().onCreated(timer);
    assertThat(Census.of(registry).get(thread).owner()).isSameAs(adopted);
    assertThat(adopted.isAdopted()).isFalse();
    timer.cancel();
  }

  @Test
  void knowsATimersThreadAndWhetherItWasCancelled() throws Exception {
    Timer timer = QuoteService.open(() -> new Timer("quotes", true), onCreated);
    Thread thread = busyThreadOf(timer);

    ExecutorEntry owner = ownerOf(thread);
    assertThat(Census.entry(registry, thread)).isSameAs(owner);
    assertThat(owner.kind()).isEqualTo(ExecutorKind.TIMER);
    assertThat(owner.className()).isEqualTo("java.util.Timer");
    assertThat(owner.isShutDown()).isFalse();

    timer.cancel();
    assertThat(ownerOf(thread).isShutDown()).isTrue();

    parking.end();
    thread.join();
    Census.of(registry);
    assertThat(Census.entry(registry, thread)).isNull();
  }

  /** It may die after the census has found it alive and before the news of its death are read. */
  @Test
  void knowsInACensusWhereATimerWasMadeThatLivesAndWhereOneThatHasDied() throws Exception {
    Timer timer = QuoteService.open(() -> new Timer("quotes", true), onCreated);
    Thread thread = busyThreadOf(timer);

    assertThat(makerInACensus(thread)).isEqualTo("open");

    timer.cancel();
    parking.end();
    thread.join();
    assertThat(makerInACensus(thread)).isEqualTo("open");
  }

  private @Nullable String makerInACensus(Thread timerThread) {
    registry.executors().beginCensus();
    try {
      return Census.creatorOf(registry.executors().siteOf(timerThread));
    } finally {
      registry.executors().endCensus(true);
    }
  }

  /** When nobody has the timer any more the JDK lets it take no new tasks; those that it has go on for ever. */
  @Test
  void aTimerThatWasDroppedIsNotCancelled() throws Exception {
    CompletableFuture<Thread> itsThread = new CompletableFuture<>();
    WeakReference<Timer> dropped = dropATimer(itsThread);
    Thread thread = itsThread.get();
    await().atMost(Duration.ofSeconds(30)).until(() -> {
      System.gc();
      return dropped.get() == null && !mayTakeNewTasks(thread);
    });

    // Not even looked at before.
    ExecutorEntry owner = ownerOf(thread);
    assertThat(owner.isShutDown()).isFalse();
    assertThat(owner.isAdopted()).isFalse();
    assertThat(owner.site()).isNotNull();
    assertThat(thread.isAlive()).isTrue();
    thread.interrupt();
  }

  private WeakReference<Timer> dropATimer(CompletableFuture<Thread> itsThread) {
    Timer timer = QuoteService.open(() -> new Timer("dropped", true), onCreated);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            itsThread.complete(Thread.currentThread());
            if (Thread.currentThread().isInterrupted()) {
              cancel();
            }
          }
        },
        0,
        20);
    return new WeakReference<>(timer);
  }

  private static boolean mayTakeNewTasks(Thread timerThread) throws ReflectiveOperationException {
    Field open = timerThread.getClass().getDeclaredField("newTasksMayBeScheduled");
    open.setAccessible(true);
    return open.getBoolean(timerThread);
  }

  @Test
  void knowsTheThreadsOfAThreadPerTaskExecutor() throws Exception {
    LaterJdk.assumeVirtualThreads();
    ExecutorService pool = closing(QuoteService.open(
        () -> LaterJdk.threadPerTask(Executors.defaultThreadFactory()), onCreated));

    ExecutorEntry owner = ownerOf(busyThreadOf(pool));

    assertThat(owner.kind()).isEqualTo(ExecutorKind.THREAD_PER_TASK);
    assertThat(owner.isUnbounded()).isTrue();
  }

  @Test
  void findsThePoolBehindAWorkerThatItsThreadFactoryWrapsTwice() throws Exception {
    ThreadFactory wrapping = r -> new Thread(new Wrapped(new Wrapped(r)));
    ExecutorService pool =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(1, wrapping), onCreated));

    ExecutorEntry owner = ownerOf(busyThreadOf(pool));

    assertThat(owner).isSameAs(Census.entry(registry, pool));
    assertThat(owner.liveThreads()).isEqualTo(1);
  }

  @Test
  void tellsAnIdleWorkerThatIsWrapped() throws Exception {
    ThreadFactory wrapping = r -> new Thread(new Wrapped(r));
    ExecutorService pool =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(1, wrapping), onCreated));
    Thread idle = CompletableFuture.supplyAsync(Thread::currentThread, pool).get();

    await().until(() -> ownerOf(idle).runningTasks() == 0);
  }

  @Test
  void adoptsAnExecutorThatWasNeverAnnouncedThroughItsThread() throws Exception {
    ExecutorService pool = closing(Executors.newFixedThreadPool(1));
    ExecutorEntry owner = ownerOf(busyThreadOf(pool));

    assertThat(owner.isAdopted()).isTrue();
    assertThat(owner.site()).isNull();
    assertThat(owner).isSameAs(Census.entry(registry, pool));

    Census.of(registry);
    assertThat(Census.entry(registry, pool)).isSameAs(owner);
  }

  @Test
  void adoptsAPoolBehindAWrapperThatHidesIt() throws Exception {
    ExecutorService hidden = closing(Executors.newSingleThreadExecutor());

    ExecutorEntry owner = ownerOf(busyThreadOf(hidden));

    assertThat(owner.className()).isEqualTo("java.util.concurrent.ThreadPoolExecutor");
  }

  /** An executor that is made while a census runs: its thread is met before its announcement is read. */
  @Test
  void hasAnExecutorOnceWhoseThreadWasMetBeforeItsAnnouncement() throws Exception {
    ExecutorService pool = closing(Executors.newFixedThreadPool(1));
    Thread worker = busyThreadOf(pool);
    long sequence = ownerOf(worker).sequence();
    QuoteService.open(() -> pool, onCreated);

    ExecutorEntry owner = ownerOf(worker);

    assertThat(owner).isSameAs(Census.entry(registry, pool));
    assertThat(Census.creatorOf(owner.site())).isEqualTo("open");
    assertThat(owner.isAdopted()).isFalse();
    assertThat(owner.sequence()).isEqualTo(sequence);
  }

  @Test
  void numbersExecutorsInTheOrderOfTheirCreation() throws Exception {
    ExecutorService first =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(1), onCreated));
    ExecutorService second =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(1), onCreated));
    Census.of(registry);

    long one = Objects.requireNonNull(Census.entry(registry, first)).sequence();
    long two = Objects.requireNonNull(Census.entry(registry, second)).sequence();
    assertThat(two).isEqualTo(one + 1).isLessThanOrEqualTo(registry.executors().lastSequence());
  }

  @Test
  void saysThatItWasShutDownAndForgetsItWhenItHasTerminated() throws Exception {
    ExecutorService pool =
        closing(QuoteService.open(() -> Executors.newFixedThreadPool(1), onCreated));
    Thread worker = busyThreadOf(pool);
    pool.shutdown();
    assertThat(ownerOf(worker).isShutDown()).isTrue();

    parking.end();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    Census.of(registry);

    assertThat(Census.entry(registry, pool)).isNull();
  }

  /** Its threads end after it has said that it is terminated. */
  @Test
  void doesNotAdoptAnExecutorThatHasTerminatedThroughAThreadThatIsStillThere() throws Exception {
    ThreadFactory lingering = worker -> new Thread(() -> {
      worker.run();
      parking.park();
    });
    ExecutorService pool =
        QuoteService.open(() -> Executors.newFixedThreadPool(1, lingering), onCreated);
    Thread thread = CompletableFuture.supplyAsync(Thread::currentThread, pool).get();
    Census.of(registry);
    pool.shutdown();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(Census.of(registry).get(thread).owner()).isNull();
    assertThat(Census.entry(registry, pool)).isNull();
  }

  @Test
  void doesNotTakeInAnExecutorThatHasTerminatedAlready() throws Exception {
    ExecutorService pool = QuoteService.open(() -> Executors.newFixedThreadPool(1), onCreated);
    pool.shutdown();
    Census.of(registry);

    assertThat(Census.entry(registry, pool)).isNull();
  }

  @Test
  void forgetsAnExecutorThatNobodyUsesAnyMore() throws Exception {
    QuoteService.open(() -> Executors.newFixedThreadPool(1), onCreated);

    await().untilAsserted(() -> {
      System.gc();
      Census.of(registry);
      assertThat(registry.executors().entries()).allMatch(ExecutorEntry::isAdopted);
    });
  }

  private ExecutorEntry ownerOf(Thread thread) {
    return Objects.requireNonNull(Census.of(registry).get(thread).owner());
  }

  private Thread busyThreadOf(ExecutorService pool) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    pool.execute(() -> {
      thread.complete(Thread.currentThread());
      parking.park();
    });
    return thread.get(1, TimeUnit.MINUTES);
  }

  private Thread busyThreadOf(Timer timer) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            thread.complete(Thread.currentThread());
            parking.park();
          }
        },
        0);
    return thread.get(1, TimeUnit.MINUTES);
  }

  private <E extends ExecutorService> E closing(E pool) {
    atEnd.add(pool::shutdown);
    return pool;
  }
}
