package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leakwatch.registry.FieldWalk;
import io.leakwatch.registry.LaterJdk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real virtual threads. */
class HeldCarriersTest {
  private final HeldCarriers carriers = new HeldCarriers();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean ended;
  private int second;

  @AfterEach
  void endThreads() {
    ended = true;
    end.countDown();
  }

  @Test
  void keepsTheOuterFramesInWhichTwoStacksAgreeWithTheNewerLines() {
    List<StackTraceElement> older = List.of(f("next", 1), f("loop", 10), f("run", 20));
    List<StackTraceElement> newer = List.of(f("add", 2), f("next", 3), f("loop", 11), f("run", 20));

    assertThat(HeldCarriers.common(older, newer))
        .containsExactly(f("next", 3), f("loop", 11), f("run", 20));
    assertThat(HeldCarriers.common(older, List.of(f("main", 1)))).isEmpty();
    assertThat(HeldCarriers.common(List.of(), newer)).isEmpty();
  }

  @Test
  void aThreadThatRunsWithoutABreakIsHeldForCertain() throws Exception {
    assumeBooks();
    LaterJdk.unstartedVirtual("spinner", this::spin).start();

    await()
        .until(
            () -> held("spinner").filter(h -> h.unbrokenFor().toSeconds() > 0).isPresent());
    HeldCarrier spinner = held("spinner").orElseThrow();

    assertThat(spinner.waits()).isFalse();
    assertThat(spinner.cpu()).isNotNull();
    assertThat(spinner.steady().get(0).getMethodName()).isEqualTo("spin");
    assertThat(FieldWalk.held(carriers)).isEmpty();
  }

  @Test
  void aThreadThatWaitsAndLeavesItsCarrierIsNotHeld() throws Exception {
    assumeBooks();
    Thread thread = LaterJdk.unstartedVirtual("waiter", this::waitForEnd);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);

    for (int i = 0; i < 5; i++) {
      assertThat(held("waiter")).isEmpty();
    }
  }

  @Test
  void anExtraLookCountsForNothing() throws Exception {
    assumeBooks();
    LaterJdk.unstartedVirtual("spinner", this::spin).start();
    await().until(() -> held("spinner").isPresent());
    int looks = held("spinner").orElseThrow().looks();

    for (int i = 0; i < 5; i++) {
      carriers.look(Duration.ofSeconds(second), 64, true);
    }

    assertThat(held("spinner").orElseThrow().looks()).isEqualTo(looks + 1);
  }

  private Optional<HeldCarrier> held(String name) {
    return carriers.look(Duration.ofSeconds(second++), 64, false).held().stream()
        .filter(h -> h.name().equals(name))
        .findFirst();
  }

  private static void assumeBooks() {
    assumeTrue(Runtime.version().feature() >= 25, "earlier JDKs keep other books of carriers");
  }

  private void spin() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  private void waitForEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static StackTraceElement f(String method, int line) {
    return new StackTraceElement("com.acme.Loop", method, "Loop.java", line);
  }
}
