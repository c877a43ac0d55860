package com.acme.proof;

import static com.acme.proof.Corpus.forever;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Leaks of more than one part. Each makes threads with the name it is given, and lets go of everything. */
@SuppressWarnings("LockNotBeforeTry") // They are leaks.
final class Leaks {
  /** Makes one leak. */
  @FunctionalInterface
  interface Leak {
    void make(String name, Starter starter) throws Exception;
  }

  private Leaks() {}

  static Map<String, Leak> provable() {
    Map<String, Leak> leaks = new LinkedHashMap<>();
    leaks.put("idle-fixed-pool", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(2, factory(name, starter));
      pool.submit(() -> 1).get();
      pool.submit(() -> 2).get();
    });
    leaks.put("idle-scheduled-pool", (name, starter) -> {
      ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, factory(name, starter));
      pool.schedule(() -> 1, 1, TimeUnit.MILLISECONDS).get();
    });
    leaks.put("idle-own-pool", (name, starter) -> {
      OwnPool pool = new OwnPool(factory(name, starter));
      pool.submit(() -> 1).get();
    });
    leaks.put("stuck-in-pool", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(1, factory(name, starter));
      pool.execute(() -> forever(new CountDownLatch(1)));
    });
    leaks.put("pool-waits-for-itself", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(1, factory(name, starter));
      pool.execute(() -> join(pool.submit(() -> "never run")));
    });
    leaks.put("pool-waits-for-pool", (name, starter) -> {
      ExecutorService one = Executors.newFixedThreadPool(1, factory(name, starter));
      ExecutorService other = Executors.newFixedThreadPool(1, factory(name, starter));
      one.execute(() -> join(other.submit(() -> forever(new CountDownLatch(1)))));
    });
    leaks.put("invoke-all", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(1, factory(name, starter));
      Callable<String> stuck = () -> {
        forever(new CountDownLatch(1));
        return "never";
      };
      starter.start(name, () -> {
        try {
          pool.invokeAll(List.of(stuck));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    });
    leaks.put("circle-of-queues", (name, starter) -> {
      LinkedBlockingQueue<String> one = new LinkedBlockingQueue<>();
      LinkedBlockingQueue<String> other = new LinkedBlockingQueue<>();
      starter.start(name, () -> other.add(take(one)));
      starter.start(name, () -> one.add(take(other)));
    });
    leaks.put("chain-of-futures", (name, starter) -> {
      CompletableFuture<String> before = new CompletableFuture<>();
      for (int i = 0; i < 4; i++) {
        CompletableFuture<String> from = before;
        CompletableFuture<String> to = new CompletableFuture<>();
        starter.start(name, () -> to.complete(from.join()));
        before = to;
      }
    });
    leaks.put("join-of-a-leaked-one", (name, starter) -> {
      Thread leaked = starter.start(name, () -> forever(new CountDownLatch(1)));
      starter.start(name, () -> {
        try {
          leaked.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    });
    leaks.put(
        "parked",
        (name, starter) -> starter.start(name, () -> {
          while (true) {
            LockSupport.park();
          }
        }));
    leaks.put(
        "parked-for-itself",
        (name, starter) -> starter.start(name, () -> {
          Object blocker = new Object();
          while (true) {
            LockSupport.park(blocker);
          }
        }));
    leaks.put(
        "own-thread-local",
        (name, starter) -> starter.start(name, () -> {
          ThreadLocal<CountDownLatch> local = ThreadLocal.withInitial(() -> new CountDownLatch(1));
          forever(local.get());
        }));
    leaks.put("lock-of-a-leaked-one", (name, starter) -> {
      ReentrantLock lock = new ReentrantLock();
      CountDownLatch locked = new CountDownLatch(1);
      starter.start(name, () -> {
        lock.lock();
        locked.countDown();
        forever(new CountDownLatch(1));
        lock.unlock();
      });
      locked.await();
      starter.start(name, () -> {
        lock.lock();
        lock.unlock();
      });
    });
    leaks.put("dropped-list-of-wakers", (name, starter) -> {
      List<CountDownLatch> latches = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        starter.start(name, () -> {
          forever(latch);
          latches.forEach(CountDownLatch::countDown);
        });
      }
    });
    leaks.put("wrapped-workers", (name, starter) -> {
      ExecutorService pool =
          Executors.newFixedThreadPool(1, task -> starter.unstarted(name, () -> task.run()));
      pool.submit(() -> 1).get();
    });
    leaks.put("permit-of-a-leaked-one", (name, starter) -> {
      Semaphore permits = new Semaphore(1);
      permits.acquire();
      starter.start(name, () -> {
        forever(new CountDownLatch(1));
        permits.release();
      });
      starter.start(name, permits::acquireUninterruptibly);
    });
    leaks.put("read-lock-of-a-leaked-one", (name, starter) -> {
      ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
      CountDownLatch locked = new CountDownLatch(1);
      starter.start(name, () -> {
        lock.readLock().lock();
        locked.countDown();
        forever(new CountDownLatch(1));
        lock.readLock().unlock();
      });
      locked.await();
      starter.start(name, lock.writeLock()::lock);
    });
    leaks.put("full-and-empty-queues", (name, starter) -> {
      ArrayBlockingQueue<String> orders = new ArrayBlockingQueue<>(1);
      ArrayBlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
      orders.add("full");
      starter.start(name, () -> {
        put(orders);
        take(answers);
      });
      starter.start(name, () -> answers.add(take(answers)));
    });
    leaks.put("barrier-of-four-with-three", (name, starter) -> {
      CyclicBarrier barrier = new CyclicBarrier(4);
      for (int i = 0; i < 3; i++) {
        starter.start(name, () -> {
          try {
            barrier.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            Thread.currentThread().interrupt();
          }
        });
      }
    });
    leaks.put("phaser-tree", (name, starter) -> {
      Phaser root = new Phaser();
      Phaser leaf = new Phaser(root, 2);
      starter.start(name, leaf::arriveAndAwaitAdvance);
    });
    leaks.put("worker-with-inbox", (name, starter) -> starter.start(name, new Inbox()));
    leaks.put("timed-out-caller", (name, starter) -> {
      // The caller has given up; who computes for it goes on waiting.
      CompletableFuture<String> question = new CompletableFuture<>();
      CompletableFuture<String> answer = new CompletableFuture<>();
      starter.start(name, () -> answer.complete(question.join()));
      answer.completeExceptionally(new TimeoutException());
    });
    leaks.put("undeployed-loader", (name, starter) -> {
      URL[] urls = {Leaks.class.getProtectionDomain().getCodeSource().getLocation()};
      URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
      Class<?> type = Class.forName(Undeployed.class.getName(), true, loader);
      Runnable task = (Runnable) type.getDeclaredConstructor().newInstance();
      starter.start(name, task);
    });
    leaks.put("idle-pool-of-undeployed-loader", (name, starter) -> {
      URL[] urls = {Leaks.class.getProtectionDomain().getCodeSource().getLocation()};
      URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
      Class<?> type = Class.forName(UndeployedPool.class.getName(), true, loader);
      ThreadFactory factory = factory(name, starter);
      type.getMethod("start", ThreadFactory.class).invoke(null, factory);
    });
    return leaks;
  }

  /** Locks that nobody will ever unlock, although they can be reached. */
  static Map<String, Leak> orphanLocks() {
    Map<String, Leak> leaks = new LinkedHashMap<>();
    leaks.put("owner-has-ended", (name, starter) -> {
      ReentrantLock lock = new ReentrantLock();
      starter.start("owner that ends", lock::lock).join();
      new Holder.Kept(lock);
      starter.start(name, lock::lock);
    });
    leaks.put("owner-of-write-lock-has-ended", (name, starter) -> {
      ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
      starter.start("owner that ends", lock.writeLock()::lock).join();
      new Holder.Kept(lock);
      starter.start(name, lock.readLock()::lock);
    });
    leaks.put("circle-of-locks", (name, starter) -> {
      ReentrantLock one = new ReentrantLock();
      ReentrantLock other = new ReentrantLock();
      CountDownLatch both = new CountDownLatch(2);
      new Holder.Kept(one);
      new Holder.Kept(other);
      starter.start(name, () -> lockBoth(one, other, both));
      starter.start(name, () -> lockBoth(other, one, both));
    });
    return leaks;
  }

  static ThreadFactory factory(String name, Starter starter) {
    return task -> starter.unstarted(name, task);
  }

  private static void lockBoth(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
    first.lock();
    both.countDown();
    forever(both);
    second.lock();
  }

  private static String take(BlockingQueue<String> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static void put(ArrayBlockingQueue<String> queue) {
    try {
      queue.put("more");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A pool of the application's own. */
  static final class OwnPool extends ThreadPoolExecutor {
    OwnPool(ThreadFactory factory) {
      super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    }
  }

  /** An actor whose address nobody has kept. */
  static final class Inbox implements Runnable {
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @Override
    public void run() {
      while (!take(messages).equals("stop")) {
        Holder.use(messages);
      }
    }
  }

  /** Of a web application that is gone: its static field goes with it. */
  public static final class Undeployed implements Runnable {
    private static final CountDownLatch STOP = new CountDownLatch(1);

    /** Made by reflection. */
    public Undeployed() {}

    @Override
    public void run() {
      try {
        STOP.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The same with a pool. */
  public static final class UndeployedPool {
    private static ExecutorService pool = Executors.newFixedThreadPool(1);

    private UndeployedPool() {}

    /** Called by reflection. */
    public static void start(ThreadFactory factory) throws Exception {
      pool = Executors.newFixedThreadPool(1, factory);
      pool.submit(() -> 1).get();
    }
  }
}
