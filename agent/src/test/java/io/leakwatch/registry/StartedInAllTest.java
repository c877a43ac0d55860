package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StartedInAllTest {
  private final StartedInAll all = new StartedInAll();

  @Test
  void sumsOverAllClasses() {
    assertThat(all.sum()).isZero();
    OriginClass one = added("one", 3);
    OriginClass other = added("other", 4);

    assertThat(all.sum()).isEqualTo(7);
    one.lives().countStart(1);
    other.lives().countEnd(1);
    assertThat(all.sum()).isEqualTo(8);
  }

  @Test
  void whatWasCountedOfClassesThatAreNoMoreStaysAndTheyAreForgotten() {
    for (int i = 0; i < 100; i++) {
      added("short-lived", 2);
    }
    OriginClass newest = added("newest", 1);

    await().atMost(Duration.ofSeconds(30)).until(() -> {
      System.gc();
      assertThat(all.sum()).isEqualTo(201);
      return all.size() == 1;
    });
    assertThat(newest.lives().started()).isEqualTo(1);
  }

  @Test
  void losesNothingWhileOthersAdd() throws Exception {
    int threads = 4;
    int each = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<?>> adding = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      adding.add(pool.submit(() -> {
        begin.await();
        for (int i = 0; i < each; i++) {
          added("many", 1);
        }
        return null;
      }));
    }
    begin.countDown();
    long before = 0;
    while (!adding.stream().allMatch(Future::isDone)) {
      long now = all.sum();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    for (Future<?> end : adding) {
      end.get();
    }
    pool.shutdown();

    assertThat(all.sum()).isEqualTo((long) threads * each);
  }

  private OriginClass added(String name, int started) {
    OriginClass origin = new OriginClass(name);
    all.add(origin);
    for (int i = 0; i < started; i++) {
      origin.lives().countStart(i);
    }
    return origin;
  }
}
