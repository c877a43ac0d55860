package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.registry.CollectorCycle.ImpossibleException;
import io.leakwatch.registry.RootTracking.Names;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong in a cycle, all threads are tracked afterwards, and one line says what it was. */
class CollectorCycleFailuresTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Registry registry = new Registry(64);
  private final ParkedThreads threads = new ParkedThreads(registry);

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.end();
  }

  @Test
  void whateverTheCollectorDoesAllThreadsAreTrackedAfterwards() throws Exception {
    long leaked = threads.leak();
    Thread kept = threads.startParked();
    for (Runnable bad : List.<Runnable>of(
        () -> {
          throw new IllegalStateException("bad");
        },
        () -> {
          throw new OutOfMemoryError("bad");
        },
        () -> Thread.currentThread().interrupt(),
        () -> {})) {
      CollectorCycle cycle = cycle(bad);

      assertThatThrownBy(cycle::run).isNotNull();

      assertThat(Thread.interrupted()).isFalse();
      assertThat(cycle.isOver()).isTrue();
      assertThat(ParkedThreads.tracked()).contains(leaked, PlatformThreads.id(kept));
    }
  }

  @Test
  void aCollectorThatCollectsNothingIsRefused() throws Exception {
    threads.leak();

    assertThatThrownBy(() -> cycle(() -> {}).run())
        .isInstanceOf(ImpossibleException.class)
        .hasMessageStartingWith("System.gc() did not collect an object that nothing holds");
  }

  @Test
  void unknownInternalsAreRefusedInOneLineAndNothingIsTouched() throws Exception {
    long leaked = threads.leak();
    Thread kept = threads.startParked();
    Names names = RootTracking.NAMES;
    for (Names unknown : List.of(
        new Names("jdk.internal.vm.NoSuchClass", names.set(), names.parked(), names.terminated()),
        new Names(names.owner(), "NO_SUCH_FIELD", names.parked(), names.terminated()),
        new Names(names.owner(), names.set(), "NO_SUCH_STATE", names.terminated()),
        new Names(names.owner(), names.set(), names.parked(), "NO_SUCH_STATE"))) {
      CollectorCycle cycle = new CollectorCycle(
          registry,
          () -> {
            throw new AssertionError("must not be run");
          },
          PATIENCE,
          () -> RootTracking.find(unknown));

      assertThatThrownBy(cycle::run)
          .as(unknown.toString())
          .isInstanceOf(ImpossibleException.class)
          .hasMessage("JDK " + Runtime.version()
              + " does not keep its virtual threads as is known (in the set VTHREADS of"
              + " ThreadContainers.RootContainer.TrackingRootContainer, with a state PARKED)");

      assertThat(cycle.isOver()).isTrue();
      assertThat(ParkedThreads.tracked()).contains(leaked, PlatformThreads.id(kept));
    }
  }

  @Test
  void aSetThatFailsHalfWayIsAsItWasAfterwards() throws Exception {
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      all.add(PlatformThreads.id(threads.startParked()));
    }
    FailingSet set = new FailingSet(Objects.requireNonNull(RootTracking.find()).threads());
    CollectorCycle cycle = new CollectorCycle(
        registry, System::gc, PATIENCE, () -> RootTracking.of(set, RootTracking.NAMES));

    assertThatThrownBy(cycle::run).hasMessage("cannot be taken out");

    assertThat(set.removed).as("some had been taken out").isPositive();
    assertThat(cycle.isOver()).isTrue();
    assertThat(ParkedThreads.tracked()).containsAll(all);
  }

  private CollectorCycle cycle(Runnable collector) {
    return new CollectorCycle(registry, collector, PATIENCE, RootTracking::find);
  }

  /** The JDK's own, from which two threads can be taken out, and no more. */
  private static final class FailingSet extends AbstractSet<Thread> {
    private final Set<Thread> set;
    private int removed;

    FailingSet(Set<Thread> set) {
      this.set = set;
    }

    @Override
    public Iterator<Thread> iterator() {
      return set.iterator();
    }

    @Override
    public int size() {
      return set.size();
    }

    @Override
    public boolean add(Thread thread) {
      return set.add(thread);
    }

    @Override
    public boolean remove(Object thread) {
      if (removed == 2) {
        throw new IllegalStateException("cannot be taken out");
      }
      removed++;
      return set.remove(thread);
    }
  }
}
