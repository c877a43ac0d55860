import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual threads that nothing can wake, on executors that nobody has any more, or healthy ones, by the first argument.
 * Collects garbage all the while; ends when it is told to. For JDK 21 and later.
 */
public class VanishingThreads {
  private static final int ORDERS = 1_000;

  public static void main(String[] args) throws Exception {
    Thread.ofPlatform().daemon().name("collector").start(VanishingThreads::collect);
    switch (args[0]) {
      case "executed" -> repeat(VanishingThreads::executeOrder);
      case "submitted" -> repeat(VanishingThreads::submitOrder);
      case "untracked" -> repeat(VanishingThreads::startOrder);
      case "healthy" -> Thread.ofPlatform().daemon().start(VanishingThreads::work);
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println("started");
    int told = System.in.read();
    System.exit(told < 0 ? 1 : 0);
  }

  private static void repeat(Runnable order) {
    for (int i = 0; i < ORDERS; i++) {
      order.run();
    }
  }

  private static void executeOrder() {
    Executors.newVirtualThreadPerTaskExecutor().execute(() -> await(new CountDownLatch(1)));
  }

  /** A future lets go of its task when it ends; this one never does. */
  private static void submitOrder() {
    Future<?> unused = Executors.newVirtualThreadPerTaskExecutor()
        .submit(() -> await(new CountDownLatch(1)));
  }

  private static void startOrder() {
    Thread.ofVirtual().start(() -> await(new CountDownLatch(1)));
  }

  private static void await(CountDownLatch nobodyCounts) {
    try {
      nobodyCounts.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      System.out.println("finally");
    }
  }

  /** Everything that starts here ends, or is alive: also those whose future was cancelled and that do not heed it. */
  private static void work() {
    List<Thread> stubborn = new ArrayList<>();
    try (ExecutorService open = Executors.newVirtualThreadPerTaskExecutor()) {
      while (true) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int i = 0; i < 200; i++) {
            executor.execute(VanishingThreads::quickly);
            Future<?> unused = executor.submit(VanishingThreads::quickly);
            Thread.ofVirtual().start(VanishingThreads::quickly);
          }
        }
        if (stubborn.size() < 100) {
          CountDownLatch running = new CountDownLatch(1);
          Future<?> cancelled = open.submit(() -> {
            stubborn.add(Thread.currentThread());
            running.countDown();
            while (true) {
              LockSupport.parkNanos(1_000_000);
              Thread.interrupted();
            }
          });
          running.await();
          cancelled.cancel(true);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void quickly() {
    if (ThreadLocalRandom.current().nextBoolean()) {
      LockSupport.parkNanos(100_000);
    }
  }

  private static void collect() {
    while (true) {
      System.gc();
      LockSupport.parkNanos(50_000_000);
    }
  }
}
