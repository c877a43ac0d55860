package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agent runs none of the application's code, whatever that overrides. */
class HostileSubclassesTest {
  private static final AtomicReference<@Nullable Throwable> CALLED = new AtomicReference<>();

  private static IllegalStateException called() {
    IllegalStateException e = new IllegalStateException("the agent called application code");
    CALLED.compareAndSet(null, e);
    return e;
  }

  private static final class HostileThread extends Thread {
    HostileThread(Runnable task) {
      super(task, "hostile");
    }

    @Override
    @Deprecated
    public long getId() {
      throw called();
    }

    @Override
    public State getState() {
      throw called();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw called();
    }

    @Override
    public boolean isInterrupted() {
      throw called();
    }

    @Override
    public @Nullable ClassLoader getContextClassLoader() {
      throw called();
    }

    @Override
    public @Nullable UncaughtExceptionHandler getUncaughtExceptionHandler() {
      throw called();
    }

    @Override
    public String toString() {
      throw called();
    }
  }

  /** Its own worker's run method asks {@code isShutdown} of nobody; only an outsider would call these. */
  private static final class HostilePool extends ThreadPoolExecutor {
    HostilePool() {
      super(1, 1, 1, TimeUnit.MINUTES, new HostileQueue());
    }

    @Override
    public boolean isShutdown() {
      throw called();
    }

    @Override
    public boolean isTerminated() {
      throw called();
    }

    @Override
    public int getPoolSize() {
      throw called();
    }

    @Override
    public int getActiveCount() {
      throw called();
    }

    @Override
    public long getKeepAliveTime(TimeUnit unit) {
      throw called();
    }

    @Override
    public int hashCode() {
      throw called();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      throw called();
    }

    @Override
    public String toString() {
      throw called();
    }
  }

  private static final class HostileQueue extends LinkedBlockingQueue<Runnable> {
    // The pool itself asks for its size when it is shut down.
    private volatile boolean hostile;

    @Override
    public int size() {
      if (hostile) {
        throw called();
      }
      return super.size();
    }
  }

  private static final class HostileTask implements Runnable {
    private final Parking parking;
    private final CountDownLatch begun = new CountDownLatch(1);

    HostileTask(Parking parking) {
      this.parking = parking;
    }

    @Override
    public void run() {
      begun.countDown();
      parking.park();
    }

    @Override
    public int hashCode() {
      throw called();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      throw called();
    }

    @Override
    public String toString() {
      throw called();
    }
  }

  private final Registry registry = new Registry(64);
  private final Parking parking = new Parking();

  @AfterEach
  void endThreads() {
    parking.end();
  }

  @Test
  void callsNothingThatAThreadOrItsTaskOverrides() {
    Thread thread = QuoteService.quote(
        new HostileThread(new HostileTask(parking)), registry.threads()::onStart);

    Census.Seen seen = Census.of(registry).get(thread);

    assertThat(seen.creator()).isEqualTo("quote");
    assertThat(PlatformThreads.state(thread)).isNotNull();
    // Just started, it may have no frame yet.
    await().until(() -> PlatformThreads.stack(thread).length > 0);
    registry.threads().onExit(thread);
    assertThat(CALLED.get()).isNull();
  }

  @Test
  void callsNothingThatAnExecutorOrItsQueueOverrides() throws Exception {
    HostilePool pool = QuoteService.open(HostilePool::new, registry.executors()::onCreated);
    HostileTask task = new HostileTask(parking);
    pool.execute(task);
    pool.execute(new HostileTask(parking));
    assertThat(task.begun.await(1, TimeUnit.MINUTES)).isTrue();
    HostileQueue queue = (HostileQueue) pool.getQueue();
    queue.hostile = true;
    Census.of(registry);
    queue.hostile = false;
    ExecutorEntry entry = Objects.requireNonNull(Census.entry(registry, pool));

    assertThat(List.of(entry.liveThreads(), entry.runningTasks())).containsExactly(1, 1);
    assertThat(entry.isShutDown()).isFalse();
    pool.shutdown();
    Census.of(registry);
    assertThat(entry.isShutDown()).isTrue();
    assertThat(CALLED.get()).isNull();
  }
}
