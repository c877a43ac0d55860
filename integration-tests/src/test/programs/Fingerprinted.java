import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A leak of each of some kinds, until a line comes in. What stands behind "edit:" is code in the edited version of this file,
 * in which no leak is on the line that it was on, and no lambda has the number that it had.
 */
// edit: @SuppressWarnings("unused")
public class Fingerprinted {
  // edit: private static final Runnable FIRST = () -> System.out.println("an unrelated lambda");
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  // edit: static Runnable unrelated() {
  // edit:   return () -> FIRST.run();
  // edit: }

  public static void main(String[] args) throws Exception {
    // edit: Runnable another = () -> unrelated();
    Executors.newScheduledThreadPool(1, Fingerprinted::daemon)
        .scheduleAtFixedRate(
            () -> {
              // edit: another.run();
              throw new IllegalStateException("this schedule ends here");
            },
            0,
            1,
            TimeUnit.SECONDS);
    deadlock();
    ExecutorService stuck = Executors.newFixedThreadPool(2, Fingerprinted::daemon);
    Thread leaking = daemon(() -> {
      // edit: another.run();
      while (true) {
        leakThread();

        leakExecutor();
        stuck.execute(() -> await(NEVER));
        pause();
      }
    });
    leaking.start();
    System.exit(System.in.read() < 0 ? 1 : 0);
  }

  private static void leakThread() {
    // edit: Runnable third = () -> System.out.println("also unrelated");
    daemon(() -> await(NEVER)).start();
  }

  private static void leakExecutor() {
    // edit:
    // edit: if (NEVER.getCount() == 0) {
    // edit:   return;
    // edit: }
    Executors.newSingleThreadExecutor(Fingerprinted::daemon).execute(() -> {});
  }

  private static void deadlock() {
    ReentrantLock left = new ReentrantLock();
    ReentrantLock right = new ReentrantLock();
    CyclicBarrier met = new CyclicBarrier(2);
    daemon(() -> takeBoth(left, right, met)).start();
    // edit: FIRST.run();
    daemon(() -> takeBoth(right, left, met)).start();
  }

  private static void takeBoth(ReentrantLock first, ReentrantLock second, CyclicBarrier met) {
    first.lock();
    try {
      met.await();
      // edit:
      second.lock();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      // edit: System.nanoTime();
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The pace of the leaks. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
