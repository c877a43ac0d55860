package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import com.acme.Redeployed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The agent that looks for leaks is none. */
class RegistryRetentionTest {
  /** Defines one class of the application anew, as a redeployment does. */
  private static final class ApplicationLoader extends ClassLoader {
    ApplicationLoader() {
      super(Redeployed.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith(Redeployed.class.getName())) {
          byte[] bytes = bytes(name);
          loaded = defineClass(name, bytes, 0, bytes.length);
        }
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
    }

    private static byte[] bytes(String name) throws ClassNotFoundException {
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = Redeployed.class.getResourceAsStream(file)) {
        return Objects.requireNonNull(in).readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private final Registry registry = new Registry(64);

  @Test
  void holdsNothingOfTheApplicationAfterACensus() throws Exception {
    try (Parking parking = new Parking()) {
      ExecutorService pool =
          QuoteService.open(() -> Executors.newFixedThreadPool(1), registry.executors()::onCreated);
      pool.execute(parking::park);
      QuoteService.quote(new Thread(() -> parking.park()), registry.threads()::onStart);
      assertThat(FieldWalk.held(registry))
          .as("the walk finds the backtraces that wait for the census")
          .isNotEmpty();

      Census.of(registry);

      assertThat(registry.threads().remembered()).isEqualTo(1);
      assertThat(FieldWalk.held(registry)).isEmpty();
      pool.shutdown();
    }
  }

  @Test
  void holdsNothingOfTheApplicationAfterACensusThatFailed() {
    try (Parking parking = new Parking()) {
      QuoteService.quote(new Thread(() -> parking.park()), registry.threads()::onStart);
      try {
        registry.census(live -> {
          throw new IllegalStateException("thrown on purpose");
        });
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("thrown on purpose");
      }

      assertThat(FieldWalk.held(registry)).isEmpty();
    }
  }

  @Test
  void letsAnApplicationUnloadThatItHasSeen() throws Exception {
    WeakReference<ClassLoader> application = deployAndUndeploy();

    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
      System.gc();
      assertThat(application.get()).isNull();
    });
    assertThat(registry.heapBytes()).isPositive();
  }

  private WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
    ClassLoader loader = new ApplicationLoader();
    Class<?> type = loader.loadClass(Redeployed.class.getName());
    assertThat(type).isNotSameAs(Redeployed.class);
    try (Parking parking = new Parking()) {
      ExecutorService pool = QuoteService.open(
          () -> (ExecutorService) type.getMethod("pool").invoke(null),
          registry.executors()::onCreated);
      CompletableFuture<Thread> worker = new CompletableFuture<>();
      pool.execute(() -> {
        worker.complete(Thread.currentThread());
        parking.park();
      });
      Runnable task =
          (Runnable) type.getConstructor(Runnable.class).newInstance((Runnable) parking::park);
      Thread thread = QuoteService.quote(new Thread(task), registry.threads()::onStart);

      Census census = Census.of(registry);
      assertThat(census.get(thread).origin().name()).isEqualTo(Redeployed.class.getName());
      assertThat(census.get(worker.get(1, TimeUnit.MINUTES)).owner()).isNotNull();

      parking.end();
      pool.shutdown();
      assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      thread.join();
      worker.get().join();
    }
    Census.of(registry);
    return new WeakReference<>(loader);
  }
}
