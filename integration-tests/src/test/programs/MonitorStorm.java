import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Virtual threads that never rest: half of them fight over a few monitors, where they block, wait, are notified; all park for moments
 * and yield. When it is told to end it says of how many of them none has gone on for three seconds. For JDK 24 and later.
 */
public class MonitorStorm {
  private static final int THREADS = 400;
  private static final int FIGHTING = 200;
  private static final Object[] MONITORS = {new Object(), new Object(), new Object(), new Object()};
  private static final AtomicLongArray ROUNDS = new AtomicLongArray(THREADS);

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread.ofVirtual().start(() -> storm(number));
    }
    int told = System.in.read();
    long[] before = IntStream.range(0, THREADS).mapToLong(ROUNDS::get).toArray();
    TimeUnit.SECONDS.sleep(3);
    long stuck = IntStream.range(0, THREADS).filter(i -> ROUNDS.get(i) == before[i]).count();
    System.out.println(stuck + " of " + THREADS + " are stuck");
    System.exit(told < 0 ? 1 : 0);
  }

  private static void storm(int number) {
    Object monitor = MONITORS[number % MONITORS.length];
    try {
      while (true) {
        long round = ROUNDS.incrementAndGet(number);
        if (number < FIGHTING) {
          synchronized (monitor) {
            if (round % 4 == 0) {
              monitor.notify();
            } else if (round % 7 == 0) {
              monitor.wait(50);
            }
            rest(round);
          }
        } else {
          rest(round);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void rest(long round) {
    if (round % 3 == 0) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(20_000);
    }
  }
}
