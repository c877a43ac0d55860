package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripedCounterTest {
  @Test
  void sumsWhatWasCountedUnderAnyThreadId() {
    StripedCounter counter = new StripedCounter();
    long[] ids = {0, 1, 7, 8, 9, Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, Long.MAX_VALUE, -1};
    for (long id : ids) {
      counter.increment(id);
    }
    assertThat(counter.sum()).isEqualTo(ids.length);

    counter.decrement(8);
    assertThat(counter.sum()).isEqualTo(ids.length - 1);
  }

  @Test
  void losesNothingWhileThreadsCountOnTheSameAndOnOtherStripes() throws InterruptedException {
    StripedCounter counter = new StripedCounter();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      long id = t / 2;
      Thread thread = new Thread(() -> {
        for (int i = 0; i < 50_000; i++) {
          counter.increment(id);
        }
      });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(counter.sum()).isEqualTo(200_000);
  }
}
