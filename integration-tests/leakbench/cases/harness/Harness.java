package leakbench.harness;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Common life cycle of every program.
 *
 * <pre>
 *   Harness h = Harness.begin("p01", args);      // first statement of main
 *   ... start-up of the application ...
 *   h.drive(5.0, i -&gt; app.handle(i));            // open-loop load, 5 requests/s, for -Dleakbench.seconds (25)
 *   h.finish();                                   // prints the summary line and System.exit(0)
 * </pre>
 *
 * System properties: leakbench.seconds (25), leakbench.slower (1: divides the program's own rate), leakbench.cooldown (0: seconds
 * the process stays alive, without load, before it exits), leakbench.workers (4 request threads),
 * leakbench.watch=FILE and leakbench.truth=FILE (verification and the naive base line: see {@link Watch}).
 */
public final class Harness {

  @FunctionalInterface
  public interface Request {
    void handle(int i) throws Exception;
  }

  private static final long T0 = System.nanoTime();

  private final String id;
  private final boolean leaky;
  private final AtomicLong errors = new AtomicLong();
  private final AtomicInteger sent = new AtomicInteger();
  private volatile long mostLateNanos;

  /** When the first request was answered; negative while none was. */
  private final AtomicLong firstNanos = new AtomicLong(-1);

  private Harness(String id, boolean leaky) {
    this.id = id;
    this.leaky = leaky;
  }

  /** args[0] is leaky or clean; hard negatives only know clean. */
  public static Harness begin(String id, String[] args) {
    String v = args.length == 0 ? "clean" : args[0];
    if (!v.equals("leaky") && !v.equals("clean")) {
      System.err.println("usage: Main leaky|clean");
      System.exit(64);
    }
    Harness h = new Harness(id, v.equals("leaky"));
    System.out.printf(
        "LEAKBENCH begin id=%s variant=%s pid=%d java=%s%n",
        id, v, ProcessHandle.current().pid(), System.getProperty("java.version"));
    System.out.flush();
    Watch.startIfAsked(id, v);
    return h;
  }

  public boolean leaky() {
    return leaky;
  }

  public static double seconds() {
    return Double.parseDouble(System.getProperty("leakbench.seconds", "25"));
  }

  public static double elapsed() {
    return (System.nanoTime() - T0) / 1e9;
  }

  /** Open-loop load on a small, fixed, pre-started pool of request threads. Returns when the time is over. */
  public void drive(double defaultRate, Request r) throws InterruptedException {
    int workers = Integer.getInteger("leakbench.workers", 4);
    java.util.concurrent.ThreadPoolExecutor pool = new java.util.concurrent.ThreadPoolExecutor(
        workers,
        workers,
        0,
        java.util.concurrent.TimeUnit.SECONDS,
        new java.util.concurrent.LinkedBlockingQueue<>(),
        new java.util.concurrent.ThreadFactory() {
          final AtomicInteger n = new AtomicInteger();

          @Override
          public Thread newThread(Runnable q) {
            Thread t = new Thread(q, "request-" + n.incrementAndGet());
            t.setDaemon(true);
            return t;
          }
        });
    pool.prestartAllCoreThreads();
    pace(defaultRate, i -> pool.execute(() -> run(r, i)));
  }

  /** Open-loop load, every request handled in the pacing thread itself (for handlers that hand over at once). */
  public void driveInline(double defaultRate, Request r) throws InterruptedException {
    pace(defaultRate, i -> run(r, i));
  }

  public void run(Request r, int i) {
    try {
      r.handle(i);
      firstNanos.compareAndSet(-1, System.nanoTime() - T0);
    } catch (Throwable t) {
      long n = errors.incrementAndGet();
      if (n <= 3 || Boolean.getBoolean("leakbench.debug")) {
        System.out.println("LEAKBENCH request-error " + t);
        if (Boolean.getBoolean("leakbench.debug")) {
          t.printStackTrace(System.out);
        }
      }
    }
  }

  /** By how many times fewer requests a second there are than each program's own: what makes them meet must last as much longer. */
  public static int slower() {
    return Integer.getInteger("leakbench.slower", 1);
  }

  private void pace(double defaultRate, Request r) throws InterruptedException {
    double rate = defaultRate / slower();
    long start = System.nanoTime();
    long end = start + (long) (seconds() * 1e9);
    System.out.printf("LEAKBENCH ready id=%s t=%.1f rate=%.2f%n", id, elapsed(), rate);
    System.out.flush();
    for (int i = 0; ; i++) {
      long due = start + (long) (i * 1e9 / rate);
      if (due >= end) {
        break;
      }
      long wait = due - System.nanoTime();
      mostLateNanos = Math.max(mostLateNanos, -wait);
      if (wait > 0) {
        Thread.sleep(wait / 1_000_000L, (int) (wait % 1_000_000L));
      }
      sent.incrementAndGet();
      try {
        r.handle(i);
      } catch (Exception e) {
        errors.incrementAndGet();
      }
    }
    long rest = end - System.nanoTime();
    if (rest > 0) {
      Thread.sleep(rest / 1_000_000L);
    }
  }

  public void finish() throws InterruptedException {
    double cool = Double.parseDouble(System.getProperty("leakbench.cooldown", "0"));
    if (cool > 0) {
      Thread.sleep((long) (cool * 1000));
    }
    Watch.finishIfAsked();
    System.out.printf(
        "LEAKBENCH done id=%s variant=%s t=%.1f requests=%d errors=%d late=%.1f first=%.1f%n",
        id,
        leaky ? "leaky" : "clean",
        elapsed(),
        sent.get(),
        errors.get(),
        mostLateNanos / 1e9,
        firstNanos.get() / 1e9);
    System.out.flush();
    // A leak must never keep the process alive: System.exit still runs shutdown hooks (of an agent,
    // say).
    Thread killer = new Thread(
        () -> {
          try {
            Thread.sleep(Long.getLong("leakbench.exit.grace.ms", 20_000L));
          } catch (InterruptedException ignored) {
            return;
          }
          Runtime.getRuntime().halt(0);
        },
        "leakbench-exit");
    killer.setDaemon(true);
    killer.start();
    System.exit(0);
  }
}
