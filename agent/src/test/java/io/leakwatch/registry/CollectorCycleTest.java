package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leakwatch.registry.CollectorCycle.ImpossibleException;
import java.time.Duration;
import java.util.HashSet;
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
  private final ParkedThreads threads = new ParkedThreads(registry);

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.end();
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
    long leaked = threads.leak();
    Thread kept = threads.startParked();

    CollectorCycle.Result result = new CollectorCycle(registry).run();

    assertThat(ParkedThreads.ids(result.proven()))
        .contains(leaked)
        .doesNotContain(PlatformThreads.id(kept));
    assertThat(result.looked()).isGreaterThanOrEqualTo(2);
    assertThat(ParkedThreads.tracked()).contains(leaked, PlatformThreads.id(kept));
  }

  @Test
  void whatIsProvenIsProvenAgainSinceNothingIsReclaimed() throws Exception {
    long leaked = threads.leak();

    for (int i = 0; i < 3; i++) {
      assertThat(ParkedThreads.ids(new CollectorCycle(registry).run().proven())).contains(leaked);
    }
  }

  @Test
  void theAccountKnowsWhoMadeItAfterwards() throws Exception {
    long leaked = threads.leak();
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
  void aThreadThatEndsMeanwhileIsNotPutBack() throws Exception {
    Thread ending = threads.startParked();
    Runnable collector = () -> {
      threads.wake();
      await().until(() -> ending.getState() == Thread.State.TERMINATED);
      System.gc();
    };

    CollectorCycle.Result result =
        new CollectorCycle(registry, collector, PATIENCE, RootTracking::find).run();

    assertThat(ParkedThreads.ids(result.proven())).doesNotContain(PlatformThreads.id(ending));
    assertThat(ParkedThreads.tracked()).doesNotContain(PlatformThreads.id(ending));
  }

  @Test
  void aThreadThatIsWokenMeanwhileIsNotProven() throws Exception {
    Thread kept = threads.startParked();
    Runnable collector = () -> {
      LockSupport.unpark(kept);
      System.gc();
    };

    CollectorCycle.Result result =
        new CollectorCycle(registry, collector, PATIENCE, RootTracking::find).run();

    assertThat(ParkedThreads.ids(result.proven())).doesNotContain(PlatformThreads.id(kept));
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

    assertThat(ParkedThreads.ids(result.proven())).doesNotContain(woken);
    await().until(() -> !ParkedThreads.tracked().contains(woken));
  }

  private static long waitForFinalizer() throws Exception {
    LaterJdk.assumeVirtualThreads();
    CountDownLatch latch = new CountDownLatch(1);
    Thread thread = LaterJdk.unstartedVirtual("finalized", () -> ParkedThreads.waitFor(latch));
    thread.start();
    ParkedThreads.awaitParked(thread);
    new Waker(latch);
    return PlatformThreads.id(thread);
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
      ParkedThreads.waitFor(MAY_WAKE);
      latch.countDown();
    }
  }
}
