package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeCountsTest {
  private final LifeCounts lives = new LifeCounts();

  @Test
  void countsStartsAndEndsApart() {
    lives.countStart(1);
    lives.countStart(2);
    lives.countEnd(2);

    assertThat(lives.started()).isEqualTo(2);
    assertThat(lives.ended()).isEqualTo(1);
  }

  @Test
  void losesNothingWhenItWidensWhileThreadsCount() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      long id = t;
      Thread thread = new Thread(() -> {
        for (int i = 0; i < 100_000; i++) {
          lives.countStart(id);
          lives.countEnd(id);
        }
      });
      thread.start();
      threads.add(thread);
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      lives.widenIfMany();
      Thread.onSpinWait();
    }

    assertThat(lives.started()).isEqualTo(400_000);
    assertThat(lives.ended()).isEqualTo(400_000);
  }
}
