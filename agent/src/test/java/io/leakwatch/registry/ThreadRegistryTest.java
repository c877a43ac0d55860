package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.QuoteService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hooks are called directly, with real threads. */
class ThreadRegistryTest {
  private final Registry registry = new Registry(64);
  private final ThreadRegistry threads = registry.threads();
  private final Parking parking = new Parking();

  @AfterEach
  void endThreads() {
    parking.end();
  }

  @Test
  void findsALiveThreadWithItsCreatorAndItsTasksClass() {
    Runnable task = () -> parking.park();
    Thread thread = QuoteService.quote(new Thread(task, "quote"), threads::onStart);

    Census.Seen seen = Census.of(registry).get(thread);

    assertThat(seen.creator()).isEqualTo("quote");
    assertThat(seen.origin()).isSameAs(OriginClass.of(task.getClass()));
    assertThat(seen.virtual()).isFalse();
    assertThat(seen.owner()).isNull();
  }

  @Test
  void accountsForAThreadWithoutATaskByItsOwnClass() {
    final class Poller extends Thread {
      @Override
      public void run() {
        parking.park();
      }
    }
    Thread thread = QuoteService.quote(new Poller(), threads::onStart);

    assertThat(Census.of(registry).get(thread).origin()).isSameAs(OriginClass.of(Poller.class));
  }

  @Test
  void findsAThreadThatNoHookAnnouncedWithoutACreator() {
    Thread thread = new Thread(() -> parking.park(), "before the agent");
    thread.start();

    assertThat(Census.of(registry).get(thread).site()).isNull();
  }

  @Test
  void countsStartsAndForgetsWhatHasEnded() throws InterruptedException {
    Thread thread = QuoteService.quote(new Thread(() -> parking.park()), threads::onStart);
    Census.of(registry);
    assertThat(threads.startedTotal()).isEqualTo(1);
    assertThat(threads.remembered()).isEqualTo(1);

    parking.end();
    thread.join();
    threads.onExit(thread);

    assertThat(Census.of(registry).has(thread)).isFalse();
    assertThat(threads.remembered()).isZero();
  }

  @Test
  void takesBackAStartThatFailed() {
    Thread thread = QuoteService.prepare(new Thread(() -> {}), threads::onStart);
    threads.onStartFailed(thread);

    assertThat(threads.startedTotal()).isZero();
    assertThat(Census.of(registry).has(thread)).isFalse();
  }

  @Test
  void remembersTheCreatorOfAThreadThatIsStartedAfterTheCensusThatTookItIn() {
    Thread thread = QuoteService.prepare(new Thread(() -> parking.park()), threads::onStart);
    assertThat(Census.of(registry).has(thread)).isFalse();
    thread.start();

    assertThat(Census.of(registry).get(thread).creator()).isEqualTo("prepare");
  }

  /** The census has listed the live threads when this one comes to life, and finds it alive at its end. */
  @Test
  void remembersTheCreatorOfAThreadThatStartsWhileTheCensusRuns() {
    Consumer<Thread> hook = threads::onStart;
    Runnable task = () -> parking.park();
    // Two creators, so that the task's class alone does not tell.
    QuoteService.refresh(new Thread(task), hook);
    Thread late = QuoteService.prepare(new Thread(task), hook);
    AtomicBoolean begun = new AtomicBoolean();
    registry.census(live -> {
      if (begun.compareAndSet(false, true)) {
        late.start();
      }
    });

    assertThat(Census.of(registry).get(late).creator()).isEqualTo("prepare");
  }

  @Test
  void keepsTheFirstCreatorWhenAThreadIsStartedASecondTime() {
    Thread thread = QuoteService.quote(new Thread(() -> parking.park()), threads::onStart);
    Census.of(registry);
    QuoteService.prepare(thread, threads::onStart);
    threads.onStartFailed(thread);

    assertThat(Census.of(registry).get(thread).creator()).isEqualTo("quote");
    assertThat(threads.startedTotal()).isEqualTo(1);
  }

  @Test
  void leavesOutTheAgentsOwnThreadsAndMarksThemSeen() throws InterruptedException {
    AgentThread own = new AgentThread("test", () -> parking.park());
    assertThat(own.seenStarting()).isFalse();
    threads.onStart(own);
    own.start();

    assertThat(Census.of(registry).has(own)).isFalse();
    assertThat(own.seenStarting()).isTrue();
    assertThat(own.seenEnding()).isFalse();

    parking.end();
    own.join();
    threads.onExit(own);
    threads.onStartFailed(own);

    assertThat(own.seenEnding()).isTrue();
    assertThat(threads.startedTotal()).isZero();
  }

  @Test
  void givesAnUnseenThreadTheOnlyCreatorOfItsTasksClass() {
    Runnable task = () -> parking.park();
    QuoteService.quote(new Thread(task), threads::onStart);
    Thread unseen = new Thread(task);
    unseen.start();

    assertThat(Census.of(registry).get(unseen).creator()).isEqualTo("quote");
  }

  @Test
  void givesAnUnseenThreadNoCreatorWhenItsTasksClassHasTwo() {
    Runnable task = () -> parking.park();
    QuoteService.quote(new Thread(task), threads::onStart);
    QuoteService.refresh(new Thread(task), threads::onStart);
    Thread unseen = new Thread(task);
    unseen.start();

    assertThat(Census.of(registry).get(unseen).site()).isNull();
  }

  @Test
  void isNoLongerSuspiciousOfAClassWhoseThreadsHaveAllEnded() throws InterruptedException {
    Runnable task = () -> parking.park();
    List<Thread> started = new ArrayList<>();
    for (int census = 0; census < 3; census++) {
      started.add(QuoteService.quote(new Thread(task), threads::onStart));
      Census.of(registry);
    }
    parking.end();
    for (Thread thread : started) {
      thread.join();
    }
    Census.of(registry);

    assertThat(stacksTaken(OriginClass.of(task.getClass()), 300)).isEqualTo(256);
  }

  /** A census that fails half-way must not leave its counts behind for the next. */
  @Test
  void countsAnewAfterACensusThatFailed() {
    Runnable task = () -> parking.park();
    QuoteService.quote(new Thread(task), threads::onStart);
    assertThatThrownBy(() -> registry.census(live -> {
          if (live.origin() == OriginClass.of(task.getClass())) {
            throw new IllegalStateException("thrown on purpose");
          }
        }))
        .hasMessage("thrown on purpose");

    assertThat(OriginClass.of(task.getClass()).countLive()).isTrue();
  }

  @Test
  void estimatesItsSizeByWhatItHolds() {
    long before = registry.heapBytes();
    QuoteService.quote(new Thread(() -> parking.park()), threads::onStart);
    Census.of(registry);

    assertThat(registry.heapBytes()).isGreaterThan(before);
  }

  private static int stacksTaken(OriginClass origin, int events) {
    StackBudget budget = new StackBudget();
    for (int i = 0; i < 1_000; i++) {
      // Whatever epoch the class was in, it is another one now.
      budget.nextEpoch();
    }
    int taken = 0;
    for (int i = 0; i < events; i++) {
      taken += origin.claimStack(budget) ? 1 : 0;
    }
    return taken;
  }
}
