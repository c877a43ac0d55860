package com.acme.programs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What a program saw, a line each, to be compared from run to run; a watchdog tells a hang from slowness. */
final class Transcript {
  private static final long DEADLINE_SECONDS = 60;
  private static final List<String> KNOWN = List.of("java.", "jdk.", "sun.", "com.acme.");

  /** A part of a program. */
  interface Part {
    void run() throws Exception;
  }

  private Transcript() {}

  static void line(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    System.out.println(line);
  }

  /** Runs a part; whatever it throws is told, and when it does not end, all stacks are, and the program ends. */
  static void part(String name, Part part) throws InterruptedException {
    line("==", name);
    CountDownLatch done = new CountDownLatch(1);
    Thread watchdog = new Thread(() -> watch(name, done), "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    try {
      part.run();
    } catch (Throwable e) {
      trace("unexpected", e);
    }
    done.countDown();
    watchdog.join();
  }

  /** A throwable as the application sees it, with each frame. */
  static void trace(String what, Throwable thrown) {
    line(what, thrown.getClass().getName(), thrown.getMessage());
    Arrays.stream(thrown.getStackTrace()).forEach(frame -> line("   ", withoutNumbers(frame)));
    if (thrown.getCause() != null) {
      trace(what + " caused by", thrown.getCause());
    }
    Arrays.stream(thrown.getSuppressed()).forEach(s -> trace(what + " suppressed", s));
  }

  /** The same without its frames, where they differ from run to run; but those of somebody else are told. */
  static void brief(String what, Throwable thrown) {
    line(what, thrown.getClass().getName(), thrown.getMessage(), strangers(thrown.getStackTrace()));
    if (thrown.getCause() != null) {
      brief(what + " caused by", thrown.getCause());
    }
    Arrays.stream(thrown.getSuppressed()).forEach(s -> brief(what + " suppressed", s));
  }

  /** Frames that are neither the JDK's nor the application's. */
  static List<String> strangers(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> KNOWN.stream().noneMatch(frame.getClassName()::startsWith))
        .map(StackTraceElement::toString)
        .toList();
  }

  /** Waits for something that is due soon. */
  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not come");
    }
  }

  /** Waits without helping, so that the task is always run by its pool. */
  static <T extends Future<?>> T settled(T future) throws InterruptedException {
    while (!future.isDone()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return future;
  }

  /** Tells what becomes of a task: its result, or its failure. */
  static void failure(String what, Future<?> future) throws InterruptedException {
    try {
      line(what, settled(future).get());
    } catch (ExecutionException | CancellationException e) {
      brief(what, e);
    }
  }

  private static String withoutNumbers(StackTraceElement frame) {
    return frame.getClassName().replaceAll("0x[0-9a-f]+", "") + "." + frame.getMethodName() + ":"
        + frame.getLineNumber();
  }

  private static void watch(String name, CountDownLatch done) {
    try {
      if (done.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      return;
    }
    System.out.println("hangs: " + name);
    for (Map.Entry<Thread, StackTraceElement[]> thread :
        Thread.getAllStackTraces().entrySet()) {
      System.err.println(thread.getKey());
      Arrays.stream(thread.getValue()).forEach(frame -> System.err.println("    at " + frame));
    }
    Runtime.getRuntime().halt(70);
  }
}
