package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmissionsTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(1);
  private final Object otherPool = new Object();
  private final Scope first = new Scope("first");
  private final Scope second = new Scope("second");
  private final Submissions submissions = new Submissions();

  @Test
  void givesEachPoolItsTurnsInTheirOrder() {
    submissions.add(pool, first);
    submissions.add(otherPool, second);
    submissions.add(pool, first);
    submissions.add(pool, second);
    submissions.add(pool, null);

    assertThat(taken(pool)).isSameAs(first);
    assertThat(taken(pool)).isSameAs(first);
    assertThat(taken(pool)).isSameAs(second);
    Submissions.Turn ofNobody = submissions.take(pool);
    assertThat(ofNobody).isNotNull().extracting(Submissions.Turn::scope).isNull();
    assertThat(submissions.take(pool)).isNull();
    assertThat(taken(otherPool)).isSameAs(second);
  }

  private @Nullable Scope taken(Object from) {
    Submissions.Turn turn = submissions.take(from);
    return turn == null ? null : turn.scope();
  }

  @Test
  void countsWhatWaitsForItsScope() {
    submissions.add(pool, first);
    submissions.add(pool, first);
    assertThat(first.marks()).isEqualTo(2);

    submissions.take(pool);
    submissions.takeBack(pool, first);
    assertThat(first.marks()).isZero();

    submissions.add(pool, first);
    submissions.forget();
    assertThat(first.marks()).isZero();
  }

  @Test
  void waitsForNoPoolThatWasShutDown() {
    submissions.add(pool, first);
    assertThat(submissions.waits(first)).isTrue();
    assertThat(submissions.waits(second)).isFalse();

    pool.shutdownNow();
    assertThat(submissions.waits(first)).isFalse();
  }
}
