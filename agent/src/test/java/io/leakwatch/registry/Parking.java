package io.leakwatch.registry;

import java.util.concurrent.CountDownLatch;

/** Where the threads of a test wait until it ends. Made in each test anew. */
public final class Parking implements AutoCloseable {
  private final CountDownLatch end = new CountDownLatch(1);

  /** Waits for the end of the test. */
  public void park() {
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException e) {
        // A pool that is shut down interrupts its workers; the test says when it ends.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets all of them go. */
  public void end() {
    end.countDown();
  }

  @Override
  public void close() {
    end();
  }
}
