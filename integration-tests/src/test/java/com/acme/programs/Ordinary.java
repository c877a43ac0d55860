package com.acme.programs;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Prints what an agent could change by accident: the names that the JDK gives to threads, what a shutdown hook says, and
 * the exit status, which is the first argument ({@code main} returns without one).
 */
public final class Ordinary {
  /** What it prints; the shutdown hook is {@code Thread-0}. */
  public static final String OUTPUT = """
      Thread-1
      Thread-2
      Thread-3
      pool-1-thread-1
      pool-2-thread-1
      pool-3-thread-1
      Timer-0
      hook has run
      """;

  private Ordinary() {}

  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook has run")));
    for (int i = 0; i < 3; i++) {
      Thread thread = new Thread(Ordinary::printName);
      thread.start();
      thread.join();
    }
    for (int i = 0; i < 3; i++) {
      ExecutorService pool = Executors.newFixedThreadPool(1);
      pool.submit(Ordinary::printName).get();
      pool.shutdown();
    }
    FutureTask<String> ticked = new FutureTask<>(Ordinary::printName, "");
    new Timer(true)
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                ticked.run();
              }
            },
            0);
    ticked.get();
    if (args.length > 0) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  private static void printName() {
    System.out.println(Thread.currentThread().getName());
  }
}
