package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.QuoteService;
import io.leakwatch.registry.CollectorCycle.ImpossibleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the collector of this JVM, and with some that do what none may. */
class CollectorCycleTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Registry registry = new Registry(64);
  private final Parking parking = new Parking();
  private final List<Thread> started = new ArrayList<>();

  @AfterEach
  void endThreads() throws InterruptedException {
    parking.end();
    for (Thread thread : started) {
      thread.join();
    }
  }

  @Test
  void jdksWithoutVirtualThreadsAreRefusedByName() {
    assumeTrue(Runtime.version().feature() < 21);

    assertThatThrownBy(() -> new CollectorCycle(registry).run())
        .isInstanceOf(ImpossibleException.class)
        .hasMessage("JDK " + Runtime.version().feature() + " has no virtual threads");
  }

  @Test
  void aThreadThatNothingCanWakeIsProvenAndNoOther() throws Exception {
    long leaked = leak();
    Thread kept = startParked();

    CollectorCycle.Result result = new CollectorCycle(registry).run();

    assertThat(ids(result.proven())).contains(leaked).doesNotContain(PlatformThreads.id(kept));
    assertThat(result.looked()).isGreaterThanOrEqualTo(2);
    assertThat(tracked()).contains(leaked, PlatformThreads.id(kept));
  }

  @Test
  void whatIsProvenIsProvenAgainSinceNothingIsReclaimed() throws Exception {
    long leaked = leak();

    for (int i = 0; i < 3; i++) {
      assertThat(ids(new CollectorCycle(registry).run().proven())).contains(leaked);
    }
  }

  @Test
  void theAccountKnowsWhoMadeItAfterwards() throws Exception {
    long leaked = leak();
    Set<String> creators = new HashSet<>();
    registry.census(live -> {});

    new CollectorCycle(registry).run();

    for (int i = 0; i < 2; i++) {
      registry.census(live -> {
        if (live.id() == leaked) {
          creators.add(String.valueOf(Objects.requireNonNull(live.site()).frames()));
        }
      });
    }
    assertThat(creators)
        .singleElement()
        .satisfies(frames -> assertThat(frames).contains("QuoteService$Desk.quote"));
  }

  @Test
  void whateverTheCollectorDoesAllThreadsAreTrackedAfterwards() throws Exception {
    long leaked = leak();
    Thread kept = startParked();
    for (Runnable bad : List.<Runnable>of(
        () -> {
          throw new IllegalStateException("bad");
        },
        () -> {
          throw new OutOfMemoryError("bad");
        },
        () -> Thread.currentThread().interrupt(),
        () -> {})) {
      CollectorCycle cycle = new CollectorCycle(registry, bad, PATIENCE);

      assertThatThrownBy(cycle::run).isNotNull();

      assertThat(Thread.interrupted()).isFalse();
      assertThat(cycle.isOver()).isTrue();
      assertThat(tracked()).contains(leaked, PlatformThreads.id(kept));
    }
  }

  @Test
  void aCollectorThatCollectsNothingIsRefused() throws Exception {
    leak();

    assertThatThrownBy(() -> new CollectorCycle(registry, () -> {}, PATIENCE).run())
        .isInstanceOf(ImpossibleException.class)
        .hasMessageStartingWith("System.gc() did not collect an object that nothing holds");
  }

  @Test
  void aThreadThatEndsMeanwhileIsNotPutBack() throws Exception {
    Thread ending = startParked();
    Runnable collector = () -> {
      parking.end();
      await().until(() -> ending.getState() == Thread.State.TERMINATED);
      System.gc();
    };

    CollectorCycle.Result result = new CollectorCycle(registry, collector, PATIENCE).run();

    assertThat(ids(result.proven())).doesNotContain(PlatformThreads.id(ending));
    assertThat(tracked()).doesNotContain(PlatformThreads.id(ending));
  }

  @Test
  void aThreadThatIsWokenMeanwhileIsNotProven() throws Exception {
    Thread kept = startParked();
    Runnable collector = () -> {
      LockSupport.unpark(kept);
      System.gc();
    };

    CollectorCycle.Result result = new CollectorCycle(registry, collector, PATIENCE).run();

    assertThat(ids(result.proven())).doesNotContain(PlatformThreads.id(kept));
  }

  /** An object with a finalizer has the latch: the first collection finds both, and only the second tells. */
  @Test
  void aThreadThatAFinalizerWakesIsNotProven() throws Exception {
    long woken = waitForFinalizer();

    CollectorCycle.Result result;
    try {
      result = new CollectorCycle(registry).run();
    } finally {
      Waker.MAY_WAKE.countDown();
    }

    assertThat(ids(result.proven())).doesNotContain(woken);
    await().until(() -> !tracked().contains(woken));
  }

  /** Nothing that outlives this method has the thread or its latch. */
  private long leak() throws Exception {
    LaterJdk.assumeVirtualThreads();
    CountDownLatch latch = new CountDownLatch(1);
    Runnable task = () -> waitFor(latch);
    Thread thread = QuoteService.quote(
        LaterJdk.unstartedVirtual("leaked", task),
        t -> registry.threads().onVirtualCreated(t, task));
    awaitParked(thread);
    return PlatformThreads.id(thread);
  }

  private static long waitForFinalizer() throws Exception {
    LaterJdk.assumeVirtualThreads();
    CountDownLatch latch = new CountDownLatch(1);
    Thread thread = LaterJdk.unstartedVirtual("finalized", () -> waitFor(latch));
    thread.start();
    awaitParked(thread);
    new Waker(latch);
    return PlatformThreads.id(thread);
  }

  private Thread startParked() throws Exception {
    Thread thread = LaterJdk.unstartedVirtual("kept", parking::park);
    started.add(thread);
    thread.start();
    awaitParked(thread);
    return thread;
  }

  private static void awaitParked(Thread thread) {
    RootTracking tracking = Objects.requireNonNull(RootTracking.find());
    await().until(() -> tracking.isParked(thread));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<Long> ids(List<Thread> threads) {
    Set<Long> ids = new HashSet<>();
    threads.forEach(thread -> ids.add(PlatformThreads.id(thread)));
    return ids;
  }

  private static Set<Long> tracked() {
    Set<Long> ids = new HashSet<>();
    Objects.requireNonNull(RootTracking.find())
        .threads()
        .forEach(thread -> ids.add(PlatformThreads.id(thread)));
    return ids;
  }

  /** Wakes whoever waits when it is finalized, and takes its time for it. */
  @SuppressWarnings({"removal", "deprecation", "Finalize"})
  private static final class Waker {
    static final CountDownLatch MAY_WAKE = new CountDownLatch(1);

    private final CountDownLatch latch;

    Waker(CountDownLatch latch) {
      this.latch = latch;
    }

    @Override
    protected void finalize() {
      waitFor(MAY_WAKE);
      latch.countDown();
    }
  }
}
