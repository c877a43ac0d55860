package io.leakwatch.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TalliesTest {
  /** Equal to each other, and says so: identity must count all the same. */
  private static final class Alike {
    @Override
    public boolean equals(Object other) {
      throw new AssertionError("called by the account");
    }

    @Override
    public int hashCode() {
      throw new AssertionError("called by the account");
    }
  }

  private final Tallies tallies = new Tallies(4, 1_000);

  @Test
  void countsForEachObjectByItself() {
    Object one = new Alike();
    Object other = new Alike();
    tally(one).countFailed();
    tally(one).countFailed();
    tally(one).countRejected();
    tally(other).countCancelled();
    tally(other).countTaken();

    assertThat(List.of(tally(one).failed(), tally(one).rejected(), tally(one).cancelled()))
        .containsExactly(2L, 1L, 0L);
    assertThat(List.of(
            tally(other).failed(), tally(other).cancelled(), tally(other).taken()))
        .containsExactly(0L, 1L, 1L);
    assertThat(tallies.size()).isEqualTo(2);
  }

  @Test
  void knowsNothingOfAnObjectThatNothingHappenedTo() {
    assertThat(tallies.find(new Alike())).isNull();
    assertThat(tallies.size()).isZero();
  }

  @Test
  void tellsWhatItWasAskedToTakeOnce() {
    Object object = new Object();
    tally(object).countFailed();

    assertThat(tally(object).takeFailed()).isEqualTo(1);
    assertThat(tally(object).takeFailed()).isZero();
  }

  @Test
  void refusesMoreObjectsThanItsCapAndCountsThat() {
    Tallies small = new Tallies(4, 2);
    Object first = new Object();
    Object second = new Object();
    requireNonNull(small.of(first)).countFailed();
    requireNonNull(small.of(second)).countFailed();

    assertThat(small.of(new Object())).isNull();
    assertThat(small.refused()).isEqualTo(1);
    assertThat(requireNonNull(small.of(first)).failed()).isEqualTo(1);
  }

  @Test
  void forgetsWhatWasCollectedAndKeepsTheRest() {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Object object = new Object();
      tally(object).countFailed();
      if (i % 2 == 0) {
        kept.add(object);
      }
    }

    await().untilAsserted(() -> {
      System.gc();
      tallies.sweep();
      assertThat(tallies.size()).isEqualTo(kept.size());
    });
    assertThat(kept).allSatisfy(object -> assertThat(tally(object).failed()).isEqualTo(1));
  }

  @Test
  void losesNoCountWhileItIsSwept() throws Exception {
    int threads = 4;
    int rounds = 20_000;
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      objects.add(new Object());
    }
    CountDownLatch ready = new CountDownLatch(threads);
    List<Thread> counting = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread = new Thread(() -> {
        ready.countDown();
        for (int i = 0; i < rounds; i++) {
          tally(objects.get(i % objects.size())).countFailed();
          // Makes work for the sweeper, in the same buckets.
          tallies.of(new Object());
        }
      });
      thread.start();
      counting.add(thread);
    }
    ready.await();
    while (counting.stream().anyMatch(Thread::isAlive)) {
      System.gc();
      tallies.sweep();
    }

    assertThat(objects.stream().mapToLong(object -> tally(object).failed()).sum())
        .isEqualTo((long) threads * rounds);
  }

  private Tallies.Tally tally(Object object) {
    return requireNonNull(tallies.of(object));
  }
}
