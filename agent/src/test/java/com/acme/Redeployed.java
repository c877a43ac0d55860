package com.acme;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application that can be undeployed: loaded by a loader of its own in the test. */
public final class Redeployed implements Runnable {
  private final Runnable inner;

  public Redeployed(Runnable inner) {
    this.inner = inner;
  }

  /** A pool whose workers are wrapped in an object of this class. */
  public static ExecutorService pool() {
    return Executors.newFixedThreadPool(
        1, worker -> new Thread(new Redeployed(worker), "redeployed"));
  }

  @Override
  public void run() {
    inner.run();
  }
}
