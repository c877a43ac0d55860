package com.acme.proof;

import static com.acme.proof.Corpus.forever;

import com.acme.proof.Leaks.Leak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that wait, and will be woken, in ways that are more than a holder and a wait. */
@SuppressWarnings({"LockNotBeforeTry", "FutureReturnValueIgnored"}) // What matters is who waits.
final class LookAlikes {
  /** Parts of the names of those that wait for input, which the JVM takes for running. */
  static final List<String> IN_INPUT = List.of("accepts", "selects", "reads-a-pipe");

  private LookAlikes() {}

  static Map<String, Leak> all() {
    Map<String, Leak> alikes = new LinkedHashMap<>();
    alikes.put("idle-pool-in-use", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(1, Leaks.factory(name, starter));
      pool.submit(() -> 1).get();
      new Holder.Kept(pool);
    });
    alikes.put("dropped-but-ticking-scheduler", (name, starter) -> {
      ScheduledExecutorService pool =
          Executors.newScheduledThreadPool(2, Leaks.factory(name, starter));
      pool.scheduleAtFixedRate(() -> Holder.use(name), 1, 5, TimeUnit.MILLISECONDS);
    });
    alikes.put(
        "sleeps",
        (name, starter) -> starter.start(name, () -> {
          try {
            TimeUnit.HOURS.sleep(1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }));
    alikes.put(
        "polls",
        (name, starter) -> starter.start(name, () -> {
          LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
          try {
            while (queue.poll(20, TimeUnit.MILLISECONDS) == null) {
              Holder.use(queue);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }));
    alikes.put("accepts", (name, starter) -> {
      ServerSocket socket = new ServerSocket(0);
      starter.start(name, () -> {
        try (socket) {
          socket.accept();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    });
    alikes.put("selects", (name, starter) -> {
      Selector selector = Selector.open();
      starter.start(name, () -> {
        try {
          selector.select();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    });
    alikes.put("reads-a-pipe", (name, starter) -> {
      Pipe pipe = Pipe.open();
      new Holder.Kept(pipe.sink());
      starter.start(name, () -> {
        try {
          pipe.source().read(ByteBuffer.allocate(1));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    });
    alikes.put(
        "handle-of-parked",
        (name, starter) -> new Holder.Kept(starter.start(name, () -> {
          while (true) {
            LockSupport.park();
          }
        })));
    alikes.put("handle-of-parked-for-own-object", (name, starter) -> {
      Object blocker = new Object();
      new Holder.Kept(starter.start(name, () -> {
        while (true) {
          LockSupport.park(blocker);
        }
      }));
    });
    alikes.put("joins-one-that-sleeps", (name, starter) -> {
      Thread sleeper = starter.start("sleeper", () -> {
        try {
          TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      starter.start(name, () -> {
        try {
          sleeper.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    });
    alikes.put("lock-of-one-that-sleeps", (name, starter) -> {
      ReentrantLock lock = new ReentrantLock();
      CountDownLatch locked = new CountDownLatch(1);
      starter.start("owner", () -> {
        lock.lock();
        locked.countDown();
        try {
          TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          lock.unlock();
        }
      });
      locked.await();
      starter.start(name, lock::lock);
    });
    alikes.put("monitor-of-one-that-sleeps", (name, starter) -> {
      Object monitor = new Object();
      CountDownLatch entered = new CountDownLatch(1);
      starter.start("owner", () -> {
        synchronized (monitor) {
          entered.countDown();
          try {
            TimeUnit.HOURS.sleep(1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      });
      entered.await();
      starter.start(name, () -> {
        synchronized (monitor) {
          Holder.use(monitor);
        }
      });
    });
    alikes.put("chain-from-one-that-sleeps", (name, starter) -> {
      CompletableFuture<String> before = new CompletableFuture<>();
      CompletableFuture<String> first = before;
      starter.start("sleeper", () -> {
        try {
          TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        first.complete("done");
      });
      for (int i = 0; i < 4; i++) {
        CompletableFuture<String> from = before;
        CompletableFuture<String> to = new CompletableFuture<>();
        starter.start(name, () -> to.complete(from.join()));
        before = to;
      }
    });
    alikes.put("pool-with-live-task", (name, starter) -> {
      // Its second worker is idle, and the task of the first still has the pool.
      ExecutorService pool = Executors.newFixedThreadPool(2, Leaks.factory(name, starter));
      CountDownLatch started = new CountDownLatch(1);
      pool.execute(() -> {
        started.countDown();
        try {
          TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      started.await();
      pool.submit(() -> 1).get();
    });
    alikes.put("terminates-later", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(1, Leaks.factory("worker", starter));
      pool.execute(() -> {
        try {
          TimeUnit.HOURS.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      pool.shutdown();
      starter.start(name, () -> {
        try {
          pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    });
    alikes.put("lock-of-an-interruptible-one", (name, starter) -> {
      ReentrantLock lock = new ReentrantLock();
      new Holder.Kept(lock);
      CountDownLatch locked = new CountDownLatch(1);
      starter.start("I/owner-of-orphan/" + name.charAt(name.length() - 1), () -> {
        lock.lock();
        locked.countDown();
        forever(new CountDownLatch(1));
        lock.unlock();
      });
      locked.await();
      starter.start(name, lock::lock);
    });
    return alikes;
  }

  /** The application could interrupt these, and nothing else ends their wait. */
  static Map<String, Leak> interruptible() {
    Map<String, Leak> alikes = new LinkedHashMap<>();
    alikes.put(
        "handle-of-stuck",
        (name, starter) ->
            new Holder.Kept(starter.start(name, () -> forever(new CountDownLatch(1)))));
    alikes.put("stuck-in-pool-in-use", (name, starter) -> {
      ExecutorService pool = Executors.newFixedThreadPool(1, Leaks.factory(name, starter));
      pool.execute(() -> forever(new CountDownLatch(1)));
      new Holder.Kept(pool);
    });
    return alikes;
  }
}
