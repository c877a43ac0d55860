package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However a thread waits, and whatever wakes it while it is looked at, it goes on. */
class UnmountedThreadTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final Object monitor = new Object();
  private volatile boolean told;

  private interface Action {
    void run() throws Exception;
  }

  private interface TimedWait {
    void run(long millis) throws Exception;
  }

  @BeforeEach
  void assumeThatThreadsCanBeKept() {
    assumeTrue(Runtime.version().feature() == 25, "for this release alone");
  }

  @AfterEach
  void endThreads() {
    end.countDown();
  }

  @Test
  void oneThatIsUnparkedGoesOn() throws Exception {
    Thread parked = start(LockSupport::park);
    goesOnWhen(parked, "PARKED", () -> LockSupport.unpark(parked));
    Thread timed = start(() -> LockSupport.parkNanos(TimeUnit.DAYS.toNanos(1)));
    goesOnWhen(timed, "TIMED_PARKED", () -> LockSupport.unpark(timed));
    Thread interrupted = start(LockSupport::park);
    goesOnWhen(interrupted, "PARKED", interrupted::interrupt);
  }

  @Test
  void oneWhoseTimeIsOverGoesOn() throws Exception {
    goesOnWhenItsTimeIsOver("TIMED_PARKED", TimeUnit.MILLISECONDS::sleep);
    goesOnWhenItsTimeIsOver("TIMED_WAIT", millis -> {
      synchronized (monitor) {
        for (int times = 0; times < 1; times++) {
          monitor.wait(millis);
        }
      }
    });
  }

  @Test
  void oneThatIsNotifiedGoesOn() throws Exception {
    Thread waiting = start(this::awaitNotification);
    goesOnWhen(waiting, "WAIT", this::tell);
    told = false;
    Thread interrupted = start(this::awaitNotification);
    goesOnWhen(interrupted, "WAIT", interrupted::interrupt);
  }

  @Test
  void oneThatGetsItsMonitorGoesOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch holds = new CountDownLatch(1);
    Thread holder = start(() -> {
      synchronized (monitor) {
        holds.countDown();
        release.await();
      }
    });
    holds.await();
    Thread blocked = start(() -> {
      synchronized (monitor) {
        monitor.notifyAll();
      }
    });
    goesOnWhen(blocked, "BLOCKED", () -> {
      release.countDown();
      holder.join();
    });
  }

  @Test
  void oneThatNobodyWakesWaitsOn() throws Exception {
    Thread parked = start(LockSupport::park);
    awaitState(parked, "PARKED");

    assertThat(UnmountedThread.<String>look(parked, () -> "seen")).isEqualTo("seen");

    assertThat(VirtualThreads.state(parked)).isEqualTo(VirtualThreads.stateNamed("PARKED", -1));
    LockSupport.unpark(parked);
    parked.join();
  }

  @Test
  void aLookThatFailsLetsItGo() throws Exception {
    Thread parked = start(LockSupport::park);
    awaitState(parked, "PARKED");

    assertThatThrownBy(() -> UnmountedThread.<String>look(parked, () -> {
          LockSupport.unpark(parked);
          throw new OutOfMemoryError("on purpose");
        }))
        .hasMessage("on purpose");

    parked.join();
  }

  /** JDK 25 would crash sooner or later. */
  @Test
  void noSnapshotIsTakenOfOneThatRuns() throws Exception {
    Thread running = startRunning();
    assertThat(MonitorSnapshots.of(running)).isNull();
    end.countDown();
    running.join();
    Thread parked = start(LockSupport::park);
    awaitState(parked, "PARKED");
    assertThat(MonitorSnapshots.of(parked)).isNotNull();
    LockSupport.unpark(parked);
    parked.join();
  }

  @Test
  void thereIsNoLookAtOneThatRunsOrHasEndedOrIsLookedAt() throws Exception {
    Thread running = startRunning();
    assertThat(UnmountedThread.<String>look(running, () -> "seen")).isNull();
    end.countDown();
    running.join();
    Thread ended = start(() -> {});
    ended.join();
    assertThat(UnmountedThread.<String>look(ended, () -> "seen")).isNull();
    Thread parked = start(LockSupport::park);
    awaitState(parked, "PARKED");
    assertThat(UnmountedThread.<String>look(
            parked, () -> "" + UnmountedThread.<String>look(parked, () -> "seen twice")))
        .isEqualTo("null");
    LockSupport.unpark(parked);
    parked.join();
  }

  private Thread startRunning() throws Exception {
    Thread running = start(() -> {
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    });
    awaitState(running, "RUNNING");
    return running;
  }

  private void goesOnWhen(Thread thread, String state, Action wake) throws Exception {
    awaitState(thread, state);

    Boolean alive = UnmountedThread.look(thread, () -> {
      try {
        wake.run();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return thread.isAlive();
    });

    assertThat(alive).as("it has waited while it was looked at").isTrue();
    await().until(() -> !thread.isAlive());
  }

  /** Again with more time where it was over before the look began. */
  private static void goesOnWhenItsTimeIsOver(String state, TimedWait wait) throws Exception {
    Boolean alive = null;
    for (long millis = 500; alive == null && millis < 60_000; millis *= 2) {
      long time = millis;
      Thread thread = start(() -> wait.run(time));
      int wanted = VirtualThreads.stateNamed(state, -1);
      await().until(() -> VirtualThreads.state(thread) == wanted || !thread.isAlive());
      alive = UnmountedThread.look(thread, () -> {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 * time));
        return thread.isAlive();
      });
      thread.join();
    }
    assertThat(alive).as("it has waited while it was looked at").isTrue();
  }

  private static void awaitState(Thread thread, String state) {
    int wanted = VirtualThreads.stateNamed(state, -1);
    assertThat(wanted).isPositive();
    await().until(() -> VirtualThreads.state(thread) == wanted);
  }

  private void awaitNotification() throws InterruptedException {
    synchronized (monitor) {
      while (!told) {
        monitor.wait();
      }
    }
  }

  private void tell() {
    synchronized (monitor) {
      told = true;
      monitor.notifyAll();
    }
  }

  private static Thread start(Action action) throws Exception {
    Thread thread = LaterJdk.unstartedVirtual("looked at", () -> {
      try {
        action.run();
      } catch (Exception e) {
        // Interrupted: that is how it was woken.
        Thread.currentThread().interrupt();
      }
    });
    thread.start();
    return thread;
  }
}
