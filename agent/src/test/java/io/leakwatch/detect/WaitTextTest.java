package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.sample.ThreadDetail;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitTextTest {
  @Test
  void namesTheJdkMethodAndTheLineThatCalledIt() {
    assertThat(WaitText.of(Histories.waiting().get(0)))
        .isEqualTo(
            "CountDownLatch.await, no timeout, called from com.acme.QuoteService.poll(QuoteService.java:57)");
  }

  @Test
  void tellsAnIdleWorker() {
    assertThat(WaitText.of(Histories.idle().get(0)))
        .isEqualTo("LinkedBlockingQueue.take, idle worker, no timeout");
  }

  @Test
  void tellsAWaitWithATimeout() {
    assertThat(text(
            Thread.State.TIMED_WAITING,
            frame("java.lang.Thread", "sleep0", "Thread.java", -2),
            frame("java.lang.Thread", "sleep", "Thread.java", 509),
            frame("com.acme.Poller", "run", "Poller.java", 3)))
        .isEqualTo("Thread.sleep, with a timeout, called from com.acme.Poller.run(Poller.java:3)");
  }

  @Test
  void tellsAMonitorByTheApplicationsLine() {
    assertThat(text(Thread.State.BLOCKED, frame("com.acme.Cache", "get", "Cache.java", 9)))
        .isEqualTo("com.acme.Cache.get(Cache.java:9), blocked on a monitor");
  }

  @Test
  void aThreadOfTheJdksOwnIsToldByItsInnermostFrame() {
    assertThat(text(
            Thread.State.WAITING,
            frame("java.lang.Object", "wait0", "Object.java", -2),
            frame("java.lang.ref.Finalizer$FinalizerThread", "run", "Finalizer.java", 160)))
        .isEqualTo("Object.wait0, no timeout");
  }

  @Test
  void saysNothingOfAThreadThatHasEnded() {
    assertThat(text(Thread.State.TERMINATED)).isEmpty();
  }

  private static String text(Thread.State state, StackTraceElement... stack) {
    return WaitText.of(new ThreadDetail("t", false, state, List.of(stack)));
  }
}
