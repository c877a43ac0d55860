package com.acme.programs;

import com.acme.VirtualThreads;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Enters the agent's hooks from wherever they may be entered while something else is going on: initialisers, constructors,
 * overridden methods, factories, handlers, cleaners, finalizers, shutdown hooks, and under locks that others wait for. Prints a
 * line for each; which must be the same without an agent.
 */
public final class Reentrant {
  private static final Object LOCK = new Object();
  private static final AtomicInteger RAN = new AtomicInteger();

  private Reentrant() {}

  public static void main(String[] args) throws Exception {
    int times = Integer.parseInt(args[0]);
    say("initialiser", Initialised.sum());
    say("subclass", subclass());
    say("factories", factories(times));
    say("locks", locks(times));
    say("handlers", handlers(times));
    say("cleaners", cleaners());
    say("timers", timers());
    say("queue", queue());
    say("saturated", saturated(times * 20));
    Runtime.getRuntime().addShutdownHook(new Thread(Reentrant::atTheEnd));
  }

  private static void say(String what, Object result) {
    System.out.println(what + " " + result);
  }

  /** What an initialiser may wait for: it needs not the class that is being initialised. */
  private static final Callable<Integer> TWENTY = () -> 20;

  /** Its initialiser starts threads and pools, and waits for them. */
  private static final class Initialised {
    private static final int SUM = start();

    private static int start() {
      try {
        quietly(RAN::incrementAndGet);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        int got = pool.submit(TWENTY).get() + pool.submit(TWENTY).get();
        pool.shutdown();
        return got;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    static int sum() {
      return SUM;
    }
  }

  /** Starts others in its constructor, and whenever one of its methods is called. */
  private static final class Busy extends Thread {
    Busy(Runnable task) {
      super(task);
      quietly(RAN::incrementAndGet);
    }

    @Override
    public synchronized void start() {
      quietly(RAN::incrementAndGet);
      super.start();
    }

    @Override
    public void run() {
      quietly(RAN::incrementAndGet);
      super.run();
    }

    @Override
    public void interrupt() {
      quietly(RAN::incrementAndGet);
      super.interrupt();
    }

    @Override
    public State getState() {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("nobody asks");
    }
  }

  private static int subclass() throws Exception {
    int before = RAN.get();
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Busy busy = new Busy(() -> {
      try {
        runs.countDown();
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    });
    busy.start();
    runs.await();
    busy.interrupt();
    interrupted.await();
    busy.join();
    return RAN.get() - before;
  }

  /** Each thread of the pool is made by a pool whose threads are made by another one. */
  private static int factories(int times) throws Exception {
    int before = RAN.get();
    ThreadFactory innermost = Thread::new;
    ThreadFactory factory = innermost;
    for (int depth = 0; depth < 5; depth++) {
      ThreadFactory inner = factory;
      factory = task -> {
        ExecutorService own = Executors.newFixedThreadPool(1, inner);
        try {
          own.submit(RAN::incrementAndGet).get();
          return new Thread(task);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        } finally {
          own.shutdown();
        }
      };
    }
    for (int i = 0; i < times / 10; i++) {
      ExecutorService pool = Executors.newFixedThreadPool(1, factory);
      pool.submit(RAN::incrementAndGet).get();
      pool.shutdown();
    }
    return RAN.get() - before;
  }

  /** Under a lock that the started ones need, and under the locks of {@code System.out} and of a class. */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // what is tested
  private static int locks(int times) throws Exception {
    int before = RAN.get();
    for (int i = 0; i < times; i++) {
      Thread waiting;
      synchronized (LOCK) {
        synchronized (System.err) {
          synchronized (Thread.class) {
            waiting = new Thread(() -> {
              synchronized (LOCK) {
                RAN.incrementAndGet();
              }
            });
            waiting.start();
            quietly(RAN::incrementAndGet);
          }
        }
      }
      waiting.join();
    }
    return RAN.get() - before;
  }

  private static int handlers(int times) throws Exception {
    int before = RAN.get();
    for (int i = 0; i < times; i++) {
      Thread failing = new Thread(() -> {
        throw new IllegalStateException("on purpose");
      });
      failing.setUncaughtExceptionHandler((thread, e) -> quietly(RAN::incrementAndGet));
      failing.start();
      failing.join();
    }
    return RAN.get() - before;
  }

  /** By an object that is collected: on the JDK's own thread, a thread and a pool. */
  private static int cleaners() throws Exception {
    CountDownLatch cleaned = new CountDownLatch(2);
    Cleaner.create().register(new Object(), () -> quietly(cleaned::countDown));
    makeFinalizable(cleaned);
    while (!cleaned.await(100, TimeUnit.MILLISECONDS)) {
      System.gc();
    }
    return 2;
  }

  private static void makeFinalizable(CountDownLatch finalized) {
    new Finalizable(finalized);
  }

  private static final class Finalizable {
    private final CountDownLatch finalized;

    Finalizable(CountDownLatch finalized) {
      this.finalized = finalized;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"}) // what is tested
    protected void finalize() {
      quietly(finalized::countDown);
    }
  }

  private static int timers() throws Exception {
    CountDownLatch ran = new CountDownLatch(3);
    Timer timer = new Timer();
    TimerTask task = new TimerTask() {
      @Override
      public void run() {
        quietly(ran::countDown);
        if (ran.getCount() == 0) {
          timer.cancel();
        }
      }
    };
    timer.schedule(task, 0, 1);
    ran.await();
    return 3;
  }

  /** A pool's queue that starts threads whenever it is used, under the pool's own lock too. */
  private static int queue() throws Exception {
    AtomicInteger offered = new AtomicInteger();
    LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>() {
      private static final long serialVersionUID = 1;

      @Override
      public boolean offer(Runnable task) {
        quietly(offered::incrementAndGet);
        return super.offer(task);
      }

      @Override
      public int size() {
        quietly(RAN::incrementAndGet);
        return super.size();
      }

      @Override
      public boolean isEmpty() {
        quietly(RAN::incrementAndGet);
        return super.isEmpty();
      }
    };
    ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
    CountDownLatch ran = new CountDownLatch(10);
    for (int i = 0; i < 10; i++) {
      pool.execute(ran::countDown);
    }
    ran.await();
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.MINUTES);
    return offered.get();
  }

  /** Every carrier is busy while thousands start, some of them under a lock that pins. */
  private static int saturated(int many) throws Exception {
    ThreadFactory threads = VirtualThreads.factory().orElse(Thread::new);
    CountDownLatch ran = new CountDownLatch(many);
    List<Thread> spinning = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 1; i++) {
      Thread thread = threads.newThread(() -> {
        synchronized (LOCK) {
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
        }
      });
      thread.start();
      spinning.add(thread);
    }
    for (int i = 0; i < many; i++) {
      threads
          .newThread(() -> {
            if (ran.getCount() % 7 == 0) {
              synchronized (LOCK) {
                ran.countDown();
              }
            } else {
              ran.countDown();
            }
          })
          .start();
    }
    ran.await();
    for (Thread thread : spinning) {
      thread.join();
    }
    return many;
  }

  private static void atTheEnd() {
    quietly(RAN::incrementAndGet);
    say("hook", "has run");
  }

  /** Runs it in a thread of its own, waits for that, interrupted or not, and has a pool run something as well. */
  private static void quietly(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.execute(Thread::onSpinWait);
    pool.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
