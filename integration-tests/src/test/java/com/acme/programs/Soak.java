package com.acme.programs;

import com.acme.VirtualThreads;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A day's churn in one go. Of its argument, the size, come 1,200 times as many executors that are made and shut down, by 200 times
 * as many places in the code, each a class of its own that is loaded and unloaded; 200,000 times as many tasks and, where there
 * are any, virtual threads. Does that in three equal parts, and tells after each how much heap is in use when all garbage is
 * collected. In the first part there come 2,000 times as many executors that stay, 150,000 at most.
 */
public final class Soak {
  private static final int PARTS = 3;
  private static final int SITES = 200;
  private static final int EXECUTORS_OF_A_SITE = 2;
  private static final int EVENTS = 200_000;
  private static final int STAYING = 2_000;
  private static final int MOST_STAYING = 150_000;

  /** So many tasks or threads at most are there at once. */
  private static final int AT_ONCE = 1_000;

  private Soak() {}

  public static void main(String[] args) throws Exception {
    int size = Integer.parseInt(args[0]);
    List<ExecutorService> stay = new ArrayList<>();
    byte[] classFile;
    try (InputStream in = Soak.class.getResourceAsStream("Soak$Site_000000.class")) {
      classFile = in.readAllBytes();
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    for (int part = 1; part <= PARTS; part++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; part == 1 && j < STAYING && stay.size() < MOST_STAYING; j++) {
          stay.add(Executors.newFixedThreadPool(1));
        }
        runSites(classFile, i * SITES);
        run(pool, EVENTS / PARTS);
        runVirtual(EVENTS / PARTS);
      }
      System.out.println("part " + part + ": " + usedKilobytes() + " KB");
    }
    pool.shutdown();
    System.out.println(stay.size() + " executors stay");
  }

  /** Loaded again and again under another name. */
  public static final class Site_000000 implements Runnable {
    @Override
    public void run() {
      for (int i = 0; i < EXECUTORS_OF_A_SITE; i++) {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        pool.execute(Thread::onSpinWait);
        pool.shutdown();
      }
    }
  }

  private static void runSites(byte[] classFile, int first) throws Exception {
    String text = new String(classFile, StandardCharsets.ISO_8859_1);
    SiteLoader loader = new SiteLoader();
    for (int i = first; i < first + SITES; i++) {
      String name = "Site_%06d".formatted(i);
      byte[] renamed = text.replace("Site_000000", name).getBytes(StandardCharsets.ISO_8859_1);
      ((Runnable) loader
              .define(Soak.class.getName() + "$" + name, renamed)
              .getDeclaredConstructor()
              .newInstance())
          .run();
    }
  }

  private static final class SiteLoader extends ClassLoader {
    SiteLoader() {
      super(Soak.class.getClassLoader());
    }

    Class<?> define(String name, byte[] bytes) {
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static void runVirtual(int count) throws InterruptedException {
    ThreadFactory factory = VirtualThreads.factory().orElse(null);
    if (factory != null) {
      run(task -> factory.newThread(task).start(), count);
    }
  }

  private static void run(Executor executor, int count) throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    for (int i = 0; i < count; i++) {
      places.acquire();
      executor.execute(places::release);
    }
    places.acquire(AT_ONCE);
  }

  /** The least of several: while the agent takes a sample it holds more, for a moment. */
  private static long usedKilobytes() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, (runtime.totalMemory() - runtime.freeMemory()) >> 10);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return used;
  }
}
