package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.registry.Parking;
import org.junit.jupiter.api.Test;

class OldestThreadsTest {
  private final OldestThreads oldest = new OldestThreads();

  @Test
  void keepsTheTenWithTheLowestNumbersInTheirOrder() {
    int[] ids = {12, 3, 7, 1, 15, 9, 4, 2, 14, 6, 5, 11, 8, 13, 10};
    for (int id : ids) {
      oldest.offer(new Thread("t-" + id), id);
    }

    assertThat(oldest.names())
        .containsExactly("t-1", "t-2", "t-3", "t-4", "t-5", "t-6", "t-7", "t-8", "t-9", "t-10");
  }

  @Test
  void leavesOutEmptyNames() {
    oldest.offer(new Thread(""), 1);
    oldest.offer(new Thread("named"), 2);

    assertThat(oldest.names()).containsExactly("named");
  }

  @Test
  void looksAtTheOldestOnlyAndNoDeeperThanAsked() throws InterruptedException {
    try (Parking parking = new Parking()) {
      Thread parked = new Thread(parking::park, "parked");
      parked.setDaemon(true);
      parked.start();
      org.awaitility.Awaitility.await().until(() -> parked.getState() == Thread.State.WAITING);
      oldest.offer(parked, 1);
      oldest.offer(new Thread("unstarted"), 2);
      oldest.offer(new Thread("not looked at"), 3);

      var details = oldest.details(2, 4);

      assertThat(details).extracting(ThreadDetail::name).containsExactly("parked", "unstarted");
      assertThat(details.get(0).daemon()).isTrue();
      assertThat(details.get(0).state()).isEqualTo(Thread.State.WAITING);
      assertThat(details.get(0).stack()).hasSize(4);
      assertThat(details.get(1).stack()).isEmpty();
    }
  }

  @Test
  void hasNothingToSayOfNobody() {
    assertThat(oldest.names()).isEmpty();
    assertThat(oldest.details(3, 64)).isEmpty();
  }
}
