package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.registry.VanishedThreads.Vanished;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class VanishedThreadsTest {
  private final VanishedThreads threads = new VanishedThreads();
  private final OriginClass orders = new OriginClass("com.acme.Orders");
  private final OriginClass quotes = new OriginClass("com.acme.Quotes");

  VanishedThreadsTest() {
    threads.watch(orders);
    threads.watch(quotes);
  }

  @Test
  void whoIsAliveOrHasEndedHasNotVanished() {
    start(orders, 5);
    end(orders, 2);
    census(3, 0, true);

    assertThat(threads.all()).isEmpty();
  }

  @Test
  void whoIsNeitherHasVanished() {
    start(orders, 5);
    start(quotes, 2);
    end(orders, 1);
    census(1, 2, true);

    assertThat(threads.all()).containsExactly(new Vanished(orders, 3, 5));
  }

  @Test
  void whatStartsAndEndsDuringACensusMakesItNoHigher() {
    start(orders, 5);
    threads.beginCensus();
    start(orders, 100);
    see(orders, 3);
    end(orders, 50);
    threads.endCensus(true);

    assertThat(threads.all()).isEmpty();
  }

  @Test
  void whatWasFoundOnceStaysWhenMuchGoesOn() {
    start(orders, 5);
    census(0, 0, true);
    threads.beginCensus();
    start(orders, 100);
    end(orders, 90);
    see(orders, 10);
    threads.endCensus(true);

    assertThat(threads.all()).containsExactly(new Vanished(orders, 5, 5));
  }

  @Test
  void whoIsBroughtBackByAFinalizerAndEndsHasNotVanished() {
    start(orders, 5);
    census(0, 0, true);
    end(orders, 5);
    census(0, 0, true);

    assertThat(threads.all()).isEmpty();
  }

  /** A cancelled future has let go of its task, while its thread goes on. */
  @Test
  void whoCannotBeToldMayBeOfAnyClass() {
    start(orders, 5);
    start(quotes, 5);
    threads.beginCensus();
    see(orders, 2);
    see(quotes, 4);
    see(OriginClass.of(FutureTask.class), 1);
    threads.endCensus(true);

    assertThat(threads.all()).containsExactly(new Vanished(orders, 2, 5));
  }

  @Test
  void aCensusThatMissesSomeFindsNothingAndForgetsNothing() {
    start(orders, 5);
    census(4, 0, true);
    start(quotes, 5);
    census(0, 0, false);

    assertThat(threads.all()).containsExactly(new Vanished(orders, 1, 5));
  }

  @Test
  void aClassThatIsWatchedInTheMiddleOfACensusIsJudgedAtTheNext() {
    OriginClass late = new OriginClass("com.acme.Late");
    start(late, 5);
    threads.beginCensus();
    threads.watch(late);
    threads.endCensus(true);
    assertThat(threads.all()).isEmpty();

    census(0, 0, true);
    assertThat(threads.all()).containsExactly(new Vanished(late, 5, 5));
  }

  @Test
  void countsOnWhenThereAreMany() {
    start(orders, 20_000);
    census(20_000, 0, true);
    start(orders, 20_000);
    end(orders, 30_000);
    census(7_000, 0, true);

    assertThat(threads.all()).containsExactly(new Vanished(orders, 3_000, 40_000));
  }

  private void census(int orders, int quotes, boolean complete) {
    threads.beginCensus();
    see(this.orders, orders);
    see(this.quotes, quotes);
    threads.endCensus(complete);
  }

  private void see(OriginClass origin, int times) {
    for (int i = 0; i < times; i++) {
      threads.see(origin);
    }
  }

  private static void start(OriginClass origin, int times) {
    for (int i = 0; i < times; i++) {
      origin.lives().countStart(i);
    }
  }

  private static void end(OriginClass origin, int times) {
    for (int i = 0; i < times; i++) {
      origin.lives().countEnd(i);
    }
  }
}
