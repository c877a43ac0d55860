package leakbench.harness;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tiny in-JVM watcher: the naive base line ("thread count &gt; 2x start count", ThreadMXBean) and the
 * growth series used to verify the leakbench. Off unless -Dleakbench.watch=FILE is given; never needed when a
 * detector under test is attached.
 *
 * Live virtual threads are counted through jdk.internal.vm.ThreadContainers, which needs
 * --add-opens java.base/jdk.internal.vm=ALL-UNNAMED (the runner gives it); -1 when not available.
 */
public final class Watch {

  private static volatile PrintWriter out;
  private static volatile Thread thread;
  private static int baseline;
  private static double firedAt = -1;
  private static int firedCount;
  private static int max;
  private static String id = "?";
  private static String variant = "?";
  private static long t0;

  private Watch() {}

  static void startIfAsked(String id0, String variant0) {
    String f = System.getProperty("leakbench.watch");
    id = id0;
    variant = variant0;
    t0 = System.nanoTime();
    if (f == null) {
      return;
    }
    ThreadMXBean mx = ManagementFactory.getThreadMXBean();
    long every = Long.getLong("leakbench.watch.ms", 500L);
    try {
      out = new PrintWriter(Files.newBufferedWriter(Path.of(f), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    out.println("t\tplatform\tvirtual");
    thread = new Thread(
        () -> {
          while (true) {
            sample(mx);
            try {
              Thread.sleep(every);
            } catch (InterruptedException e) {
              return;
            }
          }
        },
        "leakbench-watch");
    thread.setDaemon(true);
    thread.start();
    baseline = mx.getThreadCount();
  }

  private static synchronized void sample(ThreadMXBean mx) {
    PrintWriter o = out;
    if (o == null) {
      return;
    }
    int n = mx.getThreadCount();
    max = Math.max(max, n);
    double t = (System.nanoTime() - t0) / 1e9;
    if (firedAt < 0 && baseline > 0 && n > 2 * baseline) {
      firedAt = t;
      firedCount = n;
    }
    o.printf(java.util.Locale.ROOT, "%.2f\t%d\t%d%n", t, n, countVirtual());
  }

  static void finishIfAsked() {
    if (out != null) {
      ThreadMXBean mx = ManagementFactory.getThreadMXBean();
      sample(mx);
      synchronized (Watch.class) {
        out.printf(
            java.util.Locale.ROOT,
            "# naive2x baseline=%d max=%d fired=%s at=%.1f count=%d%n",
            baseline,
            max,
            firedAt >= 0,
            firedAt,
            firedCount);
        out.close();
        out = null;
      }
      thread.interrupt();
      System.out.printf(
          java.util.Locale.ROOT,
          "LEAKBENCH naive2x id=%s variant=%s baseline=%d max=%d fired=%s at=%.1f%n",
          id,
          variant,
          baseline,
          max,
          firedAt >= 0,
          firedAt);
    }
    String truth = System.getProperty("leakbench.truth");
    if (truth != null) {
      try {
        truth(Path.of(truth));
      } catch (Exception e) {
        System.out.println("LEAKBENCH truth-error " + e);
      }
    }
  }

  /** What is alive now, and what is still alive after full collections (a leak must not depend on the collector). */
  private static void truth(Path file) throws Exception {
    int p0 = ManagementFactory.getThreadMXBean().getThreadCount();
    long v0 = countVirtual();
    Map<String, Integer> groups = new LinkedHashMap<>();
    for (Map.Entry<Thread, StackTraceElement[]> e : Thread.getAllStackTraces().entrySet()) {
      add(groups, "P", e.getKey(), e.getValue());
    }
    for (Thread t : virtuals()) {
      add(groups, "V", t, t.getStackTrace());
    }
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(400);
    }
    int p1 = ManagementFactory.getThreadMXBean().getThreadCount();
    long v1 = countVirtual();
    try (PrintWriter w = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      w.printf(
          "# end platform=%d virtual=%d afterGcPlatform=%d afterGcVirtual=%d%n", p0, v0, p1, v1);
      w.println("count\tkind\tname\tstate\tframes");
      groups.entrySet().stream()
          .sorted((a, b) -> b.getValue() - a.getValue())
          .forEach(e -> w.println(e.getValue() + "\t" + e.getKey()));
    }
  }

  private static void add(
      Map<String, Integer> groups, String kind, Thread t, StackTraceElement[] st) {
    StringBuilder b = new StringBuilder();
    b.append(kind)
        .append('\t')
        .append(t.getName().replaceAll("[0-9a-f]{6,}", "X").replaceAll("\\d+", "#"))
        .append('\t')
        .append(t.getState())
        .append('\t');
    int n = 0;
    for (StackTraceElement s : st) {
      if (n++ >= 45) {
        break;
      }
      b.append(s.getClassName()).append('.').append(s.getMethodName()).append(" < ");
    }
    groups.merge(b.toString(), 1, Integer::sum);
  }

  private static volatile boolean broken;

  public static long countVirtual() {
    if (broken || Runtime.version().feature() < 21) {
      return Runtime.version().feature() < 21 ? 0 : -1;
    }
    try {
      return virtuals().size();
    } catch (Throwable e) {
      broken = true;
      return -1;
    }
  }

  private static java.util.List<Thread> virtuals() {
    java.util.List<Thread> l = new java.util.ArrayList<>();
    if (Runtime.version().feature() < 21) {
      return l;
    }
    try {
      Class<?> tc = Class.forName("jdk.internal.vm.ThreadContainers");
      Object root = tc.getMethod("root").invoke(null);
      Method isVirtual = Thread.class.getMethod("isVirtual");
      collect(root, isVirtual, l);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return l;
  }

  @SuppressWarnings("unchecked")
  private static void collect(Object container, Method isVirtual, java.util.List<Thread> into)
      throws ReflectiveOperationException {
    Class<?> c = Class.forName("jdk.internal.vm.ThreadContainer");
    Method threads = c.getMethod("threads");
    Method children = c.getMethod("children");
    threads.setAccessible(true);
    children.setAccessible(true);
    try (Stream<Thread> s = (Stream<Thread>) threads.invoke(container)) {
      for (Thread t : (Iterable<Thread>) s::iterator) {
        if ((Boolean) isVirtual.invoke(t)) {
          into.add(t);
        }
      }
    }
    try (Stream<Object> s = (Stream<Object>) children.invoke(container)) {
      for (Object k : (Iterable<Object>) s::iterator) {
        collect(k, isVirtual, into);
      }
    }
  }
}
