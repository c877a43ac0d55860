import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two threads that take two locks in opposite order, of the kinds that the first argument says. Ends when it is told to. For
 * JDK 24 and later.
 */
public class CrossedVirtualThreads {
  private static final Object ORDERS = new Object();
  private static final Object STOCK = new Object();
  private static final ReentrantLock SHELF = new ReentrantLock();
  private static final CyclicBarrier MET = new CyclicBarrier(2);

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "virtual" -> {
        Thread.ofVirtual().name("seller").start(CrossedVirtualThreads::sell);
        Thread.ofVirtual().name("buyer").start(CrossedVirtualThreads::refill);
      }
      case "mixed" -> {
        Thread.ofVirtual().name("seller").start(CrossedVirtualThreads::sell);
        Thread.ofPlatform().daemon().name("buyer").start(CrossedVirtualThreads::refill);
      }
      case "lock" -> {
        Thread.ofVirtual().name("seller").start(CrossedVirtualThreads::sellFromShelf);
        Thread.ofVirtual().name("buyer").start(CrossedVirtualThreads::refillShelf);
      }
      case "contended" -> {
        for (int i = 0; i < 2_000; i++) {
          Thread.ofVirtual().start(CrossedVirtualThreads::sellAllDay);
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    int told = System.in.read();
    System.exit(told < 0 ? 1 : 0);
  }

  private static void sell() {
    synchronized (ORDERS) {
      meet();
      synchronized (STOCK) {
        System.out.println("sold");
      }
    }
  }

  private static void refill() {
    synchronized (STOCK) {
      meet();
      synchronized (ORDERS) {
        System.out.println("refilled");
      }
    }
  }

  private static void sellFromShelf() {
    synchronized (ORDERS) {
      meet();
      SHELF.lock();
    }
  }

  private static void refillShelf() {
    SHELF.lock();
    meet();
    synchronized (ORDERS) {
      System.out.println("refilled");
    }
  }

  /** Always in the same order: no deadlock, however many are blocked whenever somebody looks. */
  private static void sellAllDay() {
    while (true) {
      synchronized (ORDERS) {
        synchronized (STOCK) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static void meet() {
    try {
      MET.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
