package io.leakwatch.registry;

import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Virtual threads that wait without a timeout, for tests: some that can be woken, some that cannot. */
final class ParkedThreads {
  private final Registry registry;
  private final Parking parking = new Parking();
  private final List<Thread> started = new ArrayList<>();

  /** None at first. */
  ParkedThreads(Registry registry) {
    this.registry = registry;
  }

  /** Lets those go that can be woken. */
  void wake() {
    parking.end();
  }

  /** Lets them go and waits until they have ended. */
  void end() throws InterruptedException {
    wake();
    for (Thread thread : started) {
      thread.join();
    }
  }

  /** A thread that nothing can wake, by its number: nothing that outlives this method has the thread or its latch. */
  long leak() throws Exception {
    LaterJdk.assumeVirtualThreads();
    CountDownLatch latch = new CountDownLatch(1);
    Runnable task = () -> waitFor(latch);
    Thread thread = QuoteService.quote(
        LaterJdk.unstartedVirtual("leaked", task),
        t -> registry.threads().onVirtualCreated(t, task));
    awaitParked(thread);
    return PlatformThreads.id(thread);
  }

  /** A thread that {@link #wake} wakes. */
  Thread startParked() throws Exception {
    Thread thread = LaterJdk.unstartedVirtual("kept", parking::park);
    started.add(thread);
    thread.start();
    awaitParked(thread);
    return thread;
  }

  static void awaitParked(Thread thread) {
    RootTracking tracking = Objects.requireNonNull(RootTracking.find());
    await().until(() -> tracking.isParked(thread));
  }

  static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Their numbers. */
  static Set<Long> ids(List<Thread> threads) {
    Set<Long> ids = new HashSet<>();
    threads.forEach(thread -> ids.add(PlatformThreads.id(thread)));
    return ids;
  }

  /** The numbers of the threads that the JDK keeps track of. */
  static Set<Long> tracked() {
    Set<Long> ids = new HashSet<>();
    Objects.requireNonNull(RootTracking.find())
        .threads()
        .forEach(thread -> ids.add(PlatformThreads.id(thread)));
    return ids;
  }
}
