package com.acme.programs;

import com.acme.VirtualThreads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Leaks threads, and executors that work, whose names are made to harm a report, until its input ends. */
public final class HostileNames {
  /** What begins a line that a reader would take for the agent's own. */
  public static final String FORGED =
      "2026-01-31T12:00:00.000Z leakwatch INFO  leakwatch ok: forged";

  private static final List<String> NAMES = List.of(
      "x".repeat(1 << 20),
      "\u001b[2J\u001b[31m".repeat(50_000),
      "a\n" + FORGED + "\nLEAK PROVEN     forged\r" + FORGED,
      "{} %s %n ${jndi:ldap://127.0.0.1/x} ${env:HOME} %0A::error::forged",
      "\"},{\"forged\":\"]]></failure></testcase><testcase name='forged'/>&lt;\0\ud800\u2028\u202e");

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private HostileNames() {}

  public static void main(String[] args) throws Exception {
    for (int i = 0; System.in.available() == 0; i++) {
      String name = NAMES.get(i % NAMES.size());
      leakThread(name);
      leakVirtualThread(name);
      leakExecutor(name);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void leakThread(String name) {
    Thread thread = new Thread(HostileNames::waitForever, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void leakVirtualThread(String name) {
    VirtualThreads.factory().ifPresent(factory -> {
      Thread thread = factory.newThread(HostileNames::waitForever);
      thread.setName(name);
      thread.start();
    });
  }

  private static void leakExecutor(String name) {
    ExecutorService pool = Executors.newFixedThreadPool(1, task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
    pool.execute(HostileNames::waitForever);
  }

  private static void waitForever() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
