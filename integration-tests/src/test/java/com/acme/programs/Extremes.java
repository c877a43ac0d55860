package com.acme.programs;

import static com.acme.programs.Transcript.line;

import com.acme.programs.HostileParts.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What no sane application does, all at once, while it is sampled; it prints what it sees, which is the same each time.
 *
 * <p>With two sizes as arguments: how many executors, and how many refusals.
 */
public final class Extremes {
  private static final int RESIZES = 2_000;

  /** Long enough for some samples. */
  static final long WATCHED_MILLIS = 700;

  private static final ThreadPoolExecutor BROKEN_RUNNER =
      pool(new LinkedBlockingQueue<>(), Thread::new);

  private Extremes() {}

  public static void main(String[] args) throws InterruptedException {
    int executors = Integer.parseInt(args[0]);
    int refusals = Integer.parseInt(args[1]);
    Transcript.part("factories", Extremes::factories);
    Transcript.part("hostile tasks", Extremes::hostileTasks);
    Transcript.part("a broken class", Extremes::brokenClass);
    Transcript.part("its own executor", Extremes::ownExecutor);
    Transcript.part("resizes", Extremes::resizes);
    Transcript.part("names", Extremes::names);
    Transcript.part("interrupts", Extremes::interrupts);
    Transcript.part("errors", Extremes::errors);
    Storms.tellAll(executors, refusals);
    line("misused", HostileParts.CALLS);
    System.exit(0);
  }

  /** Takes the task of a class that is about to fail. */
  static void broken(Runnable task) {
    BROKEN_RUNNER.execute(task);
  }

  static ThreadPoolExecutor pool(BlockingQueue<Runnable> queue, ThreadFactory factory) {
    return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue, factory);
  }

  private static void factories() throws InterruptedException {
    ThreadPoolExecutor none = pool(new LinkedBlockingQueue<>(), task -> null);
    for (int i = 0; i < 3; i++) {
      none.execute(() -> line("must not run"));
    }
    line(
        "queued", none.getQueue().size(), none.getPoolSize(), none.shutdownNow().size());
    line("terminated", none.awaitTermination(60, TimeUnit.SECONDS));

    AtomicInteger asked = new AtomicInteger();
    ThreadPoolExecutor moody =
        new ThreadPoolExecutor(8, 8, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
          int n = asked.incrementAndGet();
          if (n % 3 == 1) {
            throw Job.failure("no thread today");
          }
          return n % 3 == 2 ? null : new Thread(task);
        });
    // Three of the six find a thread, or a queue that a worker empties; three get the exception.
    CountDownLatch ran = new CountDownLatch(3);
    for (int i = 0; i < 6; i++) {
      try {
        moody.execute(ran::countDown);
      } catch (IllegalStateException e) {
        Transcript.trace("no thread", e);
      }
    }
    Transcript.await(ran);
    moody.shutdown();
    line("asked", asked, moody.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void hostileTasks() throws Exception {
    for (BlockingQueue<Runnable> queue : List.of(
        new LinkedBlockingQueue<Runnable>(),
        new ArrayBlockingQueue<Runnable>(16),
        new HostileParts.Queue())) {
      ThreadPoolExecutor pool = pool(queue, Thread::new);
      CountDownLatch gate = new CountDownLatch(1);
      List<Future<String>> futures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean first = i == 0;
        Task task = new Task(i % 2 == 0, () -> {
          if (first) {
            awaitQuietly(gate);
          }
        });
        pool.execute(task);
        futures.add(pool.submit((java.util.concurrent.Callable<String>) task));
      }
      TimeUnit.MILLISECONDS.sleep(WATCHED_MILLIS);
      line("cancelled", futures.get(3).cancel(true));
      gate.countDown();
      line(futures.get(0).get(), futures.get(1).get(), futures.get(2).get());
      pool.shutdown();
      line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
    }
  }

  private static void brokenClass() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    BROKEN_RUNNER.execute(() -> awaitQuietly(gate));
    for (int i = 0; i < 2; i++) {
      try {
        HostileParts.Broken.get();
      } catch (LinkageError e) {
        line(e.getClass().getName());
      }
    }
    TimeUnit.MILLISECONDS.sleep(WATCHED_MILLIS / 2);
    gate.countDown();
    BROKEN_RUNNER.shutdown();
    line("terminated", BROKEN_RUNNER.awaitTermination(60, TimeUnit.SECONDS));
  }

  /** A pool that is a task, and runs in itself. */
  private static final class Own extends ThreadPoolExecutor implements Runnable {
    private final CountDownLatch ran = new CountDownLatch(3);

    Own() {
      super(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    public void run() {
      ran.countDown();
      if (ran.getCount() > 0) {
        execute(this);
      }
    }
  }

  private static void ownExecutor() throws InterruptedException {
    Own own = new Own();
    own.execute(own);
    Transcript.await(own.ran);
    own.shutdown();
    line("terminated", own.awaitTermination(60, TimeUnit.SECONDS), own.getCompletedTaskCount());
  }

  private static void resizes() throws InterruptedException {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < RESIZES; i++) {
      pool.setMaximumPoolSize(33);
      pool.setCorePoolSize(i % 32 + 1);
      pool.setMaximumPoolSize(i % 32 + 1);
      pool.execute(ran::incrementAndGet);
    }
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS), ran);
  }

  private static void names() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    for (String name : List.of(
        "\033[31mred\nLEAK PROVEN  a lie\r", "\ud800\"},{\u0000", "x".repeat(100_000), "")) {
      CountDownLatch named = new CountDownLatch(1);
      pool.execute(() -> {
        Thread.currentThread().setName(name);
        awaitMillis(WATCHED_MILLIS / 2);
        named.countDown();
      });
      Transcript.await(named);
    }
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static void interrupts() throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(2, task -> {
      Thread worker = new Thread(task);
      workers.add(worker);
      return worker;
    });
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < 10_000; i++) {
      pool.execute(ran::incrementAndGet);
      workers.get(i % workers.size()).interrupt();
    }
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS), ran);
  }

  private static void errors() throws InterruptedException {
    CountDownLatch died = new CountDownLatch(2);
    List<String> seen = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(1, task -> {
      Thread thread = new Thread(task);
      thread.setUncaughtExceptionHandler((t, e) -> {
        synchronized (seen) {
          seen.add(e.getClass().getName());
        }
        died.countDown();
      });
      return thread;
    });
    pool.execute(() -> line(endless(1)));
    pool.execute(() -> {
      throw new OutOfMemoryError("on purpose");
    });
    Transcript.await(died);
    // Sorted: a worker's successor is at work before the worker's own handler is called.
    seen.sort(null);
    line(seen);
    for (Future<?> failed :
        List.of(pool.submit(() -> endless(1)), pool.submit(() -> new long[Integer.MAX_VALUE]))) {
      try {
        failed.get();
      } catch (ExecutionException e) {
        line(e.getCause().getClass());
      }
    }
    pool.shutdown();
    line("terminated", pool.awaitTermination(60, TimeUnit.SECONDS));
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitMillis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
