package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.QuoteService;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hooks are called directly, with real virtual threads. */
class VirtualThreadCensusTest {
  private final Registry registry = new Registry(64);
  private final ThreadRegistry threads = registry.threads();
  private final Parking parking = new Parking();

  @BeforeEach
  void skipWhereThereAreNone() {
    LaterJdk.assumeVirtualThreads();
  }

  @AfterEach
  void endThreads() {
    parking.end();
  }

  @Test
  void findsAVirtualThreadWithItsCreatorAndItsTasksClass() throws Exception {
    Runnable task = () -> parking.park();
    Thread thread = QuoteService.quote(
        LaterJdk.unstartedVirtual("quote", task), t -> threads.onVirtualCreated(t, task));

    Census.Seen seen = Census.of(registry).get(thread);

    assertThat(seen.virtual()).isTrue();
    assertThat(seen.creator()).isEqualTo("quote");
    assertThat(seen.origin()).isSameAs(OriginClass.of(task.getClass()));
    assertThat(seen.owner()).isNull();
  }

  @Test
  void findsOneThatNoHookAnnouncedByItsTasksClass() throws Exception {
    Runnable task = () -> parking.park();
    Thread thread = LaterJdk.unstartedVirtual("unseen", task);
    thread.start();

    assertThat(Census.of(registry).get(thread).origin()).isSameAs(OriginClass.of(task.getClass()));
  }

  @Test
  void remembersTheCreatorOfOneThatIsStartedMuchLater() throws Exception {
    Runnable task = () -> parking.park();
    Thread thread = QuoteService.prepare(
        LaterJdk.unstartedVirtual("late", task), t -> threads.onVirtualCreated(t, task));
    for (int i = 0; i < 3; i++) {
      assertThat(Census.of(registry).has(thread)).isFalse();
    }
    thread.start();

    assertThat(Census.of(registry).get(thread).creator()).isEqualTo("prepare");
  }

  @Test
  void countsStartsAndEnds() throws Exception {
    Thread thread = LaterJdk.unstartedVirtual("counted", () -> {});
    LifeCounts lives = (LifeCounts) threads.onVirtualStart(thread, () -> {});

    assertThat(threads.startedTotal()).isEqualTo(1);
    assertThat(lives.started()).isEqualTo(1);
    assertThat(lives.ended()).isZero();

    threads.onVirtualExit(thread, lives);

    assertThat(lives.ended()).isEqualTo(1);
  }

  @Test
  void leavesOutTheCarriers() throws Exception {
    CompletableFuture<Thread> running = new CompletableFuture<>();
    Thread thread = LaterJdk.unstartedVirtual("running", () -> {
      running.complete(Thread.currentThread());
      parking.park();
    });
    thread.start();
    running.get(1, TimeUnit.MINUTES);
    Census census = Census.of(registry);

    assertThat(PlatformThreads.all())
        .filteredOn(VirtualThreads::isCarrier)
        .isNotEmpty()
        .noneMatch(census::has);
  }

  @Test
  void knowsTheExecutorOfAVirtualThreadAndItsTasksClass() throws Exception {
    ExecutorService executor =
        QuoteService.open(LaterJdk::virtualThreadPerTask, registry.executors()::onCreated);
    CompletableFuture<Thread> executed = new CompletableFuture<>();
    Runnable task = () -> {
      executed.complete(Thread.currentThread());
      parking.park();
    };
    executor.execute(task);

    Census.Seen seen = Census.of(registry).get(executed.get(1, TimeUnit.MINUTES));

    ExecutorEntry owner = Objects.requireNonNull(seen.owner());
    assertThat(owner.kind()).isEqualTo(ExecutorKind.THREAD_PER_TASK);
    assertThat(Census.creatorOf(owner.site())).isEqualTo("open");
    assertThat(seen.origin()).isSameAs(OriginClass.of(task.getClass()));
    executor.shutdown();
  }

  @Test
  void looksThroughASubmittedFutureToItsTasksClass() throws Exception {
    ExecutorService executor = LaterJdk.virtualThreadPerTask();
    CompletableFuture<Thread> submitted = new CompletableFuture<>();
    Callable<String> task = () -> {
      submitted.complete(Thread.currentThread());
      parking.park();
      return "done";
    };
    var unused = executor.submit(task);

    Census.Seen seen = Census.of(registry).get(submitted.get(1, TimeUnit.MINUTES));

    assertThat(seen.owner()).isNotNull();
    assertThat(seen.origin()).isSameAs(OriginClass.of(task.getClass()));
    executor.shutdown();
  }

  @Test
  void findsTheThreadsForkedInAStructuredScopeByTheirTasksClass() throws Exception {
    Class<?> scopeType = Class.forName("java.util.concurrent.StructuredTaskScope");
    assumeTrue(Runtime.version().feature() >= 25, "StructuredTaskScope.open needs JDK 25 or later");
    Method open = scopeType.getMethod("open");
    CompletableFuture<Thread> forked = new CompletableFuture<>();
    Callable<String> task = () -> {
      forked.complete(Thread.currentThread());
      parking.park();
      return "done";
    };
    Thread owner = new Thread(scopeOwner(open, scopeType, task));
    owner.start();
    try {
      Thread thread = forked.get(1, TimeUnit.MINUTES);
      Census.Seen seen = Census.of(registry).get(thread);
      assertThat(seen.virtual()).isTrue();
      assertThat(seen.origin()).isSameAs(OriginClass.of(task.getClass()));
    } finally {
      parking.end();
      await().until(() -> !owner.isAlive());
    }
  }

  private static Runnable scopeOwner(Method open, Class<?> scopeType, Callable<String> task) {
    return () -> {
      try (AutoCloseable scope = (AutoCloseable) open.invoke(null)) {
        scopeType.getMethod("fork", Callable.class).invoke(scope, task);
        scopeType.getMethod("join").invoke(scope);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    };
  }
}
