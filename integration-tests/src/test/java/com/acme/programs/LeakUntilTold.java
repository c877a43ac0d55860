package com.acme.programs;

import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Leaks a thread every 100 ms until it reads a line, then ends the way the line says: {@code return} from main,
 * {@code exit N} or {@code halt N}. Its shutdown hook takes two seconds.
 */
public final class LeakUntilTold {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private LeakUntilTold() {}

  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(LeakUntilTold::endSlowly));
    while (System.in.available() == 0) {
      leak();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    Scanner how = new Scanner(System.in, StandardCharsets.UTF_8);
    switch (how.next()) {
      case "exit" -> System.exit(how.nextInt());
      case "halt" -> Runtime.getRuntime().halt(how.nextInt());
      default -> how.close();
    }
  }

  private static void leak() {
    Thread thread = new Thread(LeakUntilTold::waitForever);
    thread.setDaemon(true);
    thread.start(); // leak: starts here
  }

  private static void waitForever() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endSlowly() {
    try {
      TimeUnit.SECONDS.sleep(2);
      System.out.println("hook has run to its end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
