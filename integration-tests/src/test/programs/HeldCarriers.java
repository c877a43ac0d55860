import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Virtual threads that keep their carriers, in the way that the first argument says, until a line comes in. For JDK 24 and
 * later.
 */
public class HeldCarriers {
  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static volatile boolean ended;
  private static volatile long result;

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "pinned" -> Thread.ofVirtual().name("reader").start(HeldCarriers::readRates);
      case "spin" -> Thread.ofVirtual().name("spinner").start(HeldCarriers::awaitFlag);
      case "compute" -> Thread.ofVirtual().name("renderer").start(HeldCarriers::render);
      case "initializer" -> {
        Thread.ofVirtual().name("first").start(HeldCarriers::readRates);
        Thread.ofVirtual().name("second").start(HeldCarriers::readRates);
      }
      case "starved" -> {
        Thread.ofVirtual().name("reader").start(HeldCarriers::readRates);
        for (int i = 0; i < 12; i++) {
          Thread.ofVirtual().start(() -> result++);
        }
      }
      case "starved-by-work" -> {
        Thread.ofVirtual().name("spinner").start(HeldCarriers::awaitFlag);
        Thread.ofVirtual().start(() -> result++);
      }
      case "busy" -> busyServer(64);
      case "handing-over" -> {
        for (int i = 0; i < 4; i++) {
          SynchronousQueue<long[]> queue = new SynchronousQueue<>();
          Thread.ofVirtual().name("producer-" + i).start(() -> produce(queue));
          Thread.ofVirtual().name("consumer-" + i).start(() -> consume(queue));
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    int told = System.in.read();
    ended = true;
    System.exit(told < 0 ? 1 : 0);
  }

  private static void readRates() {
    System.out.println(Rates.EURO);
  }

  /** Its initializer waits for what never comes, below a native frame of the JVM. */
  private static final class Rates {
    static final int EURO = load();

    private static int load() {
      try {
        NEVER.await(); // keeps its carrier
        return 1;
      } catch (InterruptedException e) {
        return 0;
      }
    }
  }

  private static void awaitFlag() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  /** Computes and allocates. */
  private static void render() {
    while (!ended) {
      result += page().length();
    }
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      page.append(ThreadLocalRandom.current().nextInt());
    }
    return page.toString();
  }

  /** More work than carriers at all times, in pieces of a few milliseconds. */
  private static void busyServer(int clients) {
    for (int i = 0; i < clients; i++) {
      Thread.ofVirtual().name("client-" + i).start(() -> {
        while (!ended) {
          work(ThreadLocalRandom.current().nextInt(1, 5));
          Thread.yield();
        }
      });
    }
  }

  private static void produce(SynchronousQueue<long[]> queue) {
    try {
      while (!ended) {
        work(1);
        queue.put(new long[1]);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void consume(SynchronousQueue<long[]> queue) {
    try {
      while (!ended) {
        result += queue.take()[0];
        work(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void work(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      result += ByteBuffer.allocate(64).capacity();
    }
  }
}
