package com.acme.proof;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * One way to wait without a timeout.
 *
 * @param waker whoever has it can end the wait
 * @param body waits
 */
@SuppressWarnings({"WaitNotInLoop", "FutureReturnValueIgnored"}) // Nobody will ever wake them.
record Waiting(Object waker, Body body) {
  /** May throw what waiting throws. */
  @FunctionalInterface
  interface Body {
    void run() throws InterruptedException, ExecutionException, BrokenBarrierException;
  }

  /** Every kind, each with a waker of its own. */
  static Map<String, Supplier<Waiting>> kinds() {
    Map<String, Supplier<Waiting>> kinds = new LinkedHashMap<>();
    kinds.put("latch", () -> {
      CountDownLatch latch = new CountDownLatch(1);
      return new Waiting(latch, latch::await);
    });
    kinds.put("future-get", () -> {
      CompletableFuture<String> future = new CompletableFuture<>();
      return new Waiting(future, future::get);
    });
    kinds.put("future-join", () -> {
      CompletableFuture<String> future = new CompletableFuture<>();
      return new Waiting(future, future::join);
    });
    kinds.put("all-of", () -> {
      CompletableFuture<String> future = new CompletableFuture<>();
      CompletableFuture<Void> all =
          CompletableFuture.allOf(future, CompletableFuture.completedFuture("other"));
      return new Waiting(future, all::join);
    });
    kinds.put("chained-future", () -> {
      CompletableFuture<String> future = new CompletableFuture<>();
      CompletableFuture<Integer> length = future.thenApply(String::length);
      return new Waiting(future, length::join);
    });
    kinds.put("future-task", () -> {
      FutureTask<String> task = new FutureTask<>(() -> "never run");
      return new Waiting(task, task::get);
    });
    kinds.put("completion-service", () -> {
      LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
      Executor never = tasks::add;
      ExecutorCompletionService<String> service = new ExecutorCompletionService<>(never);
      service.submit(() -> "never run");
      return new Waiting(service, service::take);
    });
    queues(kinds);
    synchronizers(kinds);
    monitors(kinds);
    return kinds;
  }

  private static void queues(Map<String, Supplier<Waiting>> kinds) {
    kinds.put("linked-queue-take", () -> {
      LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
      return new Waiting(queue, queue::take);
    });
    kinds.put("linked-queue-put", () -> {
      LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
      queue.add("full");
      return new Waiting(queue, () -> queue.put("more"));
    });
    kinds.put("array-queue-take", () -> {
      ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
      return new Waiting(queue, queue::take);
    });
    kinds.put("array-queue-put", () -> {
      ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
      queue.add("full");
      return new Waiting(queue, () -> queue.put("more"));
    });
    kinds.put("own-queue-take", () -> {
      OwnQueue queue = new OwnQueue();
      return new Waiting(queue, queue::take);
    });
    kinds.put("deque-take-last", () -> {
      LinkedBlockingDeque<String> queue = new LinkedBlockingDeque<>();
      return new Waiting(queue, queue::takeLast);
    });
    kinds.put("priority-queue-take", () -> {
      PriorityBlockingQueue<String> queue = new PriorityBlockingQueue<>();
      return new Waiting(queue, queue::take);
    });
    kinds.put("delay-queue-take", () -> {
      DelayQueue<Delayed> queue = new DelayQueue<>();
      return new Waiting(queue, queue::take);
    });
    kinds.put("synchronous-queue-take", () -> {
      SynchronousQueue<String> queue = new SynchronousQueue<>();
      return new Waiting(queue, queue::take);
    });
    kinds.put("synchronous-queue-put", () -> {
      SynchronousQueue<String> queue = new SynchronousQueue<>(true);
      return new Waiting(queue, () -> queue.put("nobody takes it"));
    });
    kinds.put("transfer-queue-take", () -> {
      LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
      return new Waiting(queue, queue::take);
    });
    kinds.put("transfer", () -> {
      LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
      return new Waiting(queue, () -> queue.transfer("nobody takes it"));
    });
    kinds.put("exchanger", () -> {
      Exchanger<String> exchanger = new Exchanger<>();
      return new Waiting(exchanger, () -> exchanger.exchange("mine"));
    });
  }

  private static void synchronizers(Map<String, Supplier<Waiting>> kinds) {
    kinds.put("semaphore", () -> {
      Semaphore semaphore = new Semaphore(0);
      return new Waiting(semaphore, semaphore::acquire);
    });
    kinds.put("fair-semaphore-of-two", () -> {
      Semaphore semaphore = new Semaphore(1, true);
      return new Waiting(semaphore, () -> semaphore.acquire(2));
    });
    kinds.put("phaser", () -> {
      Phaser phaser = new Phaser(1);
      return new Waiting(phaser, () -> phaser.awaitAdvance(0));
    });
    kinds.put("phaser-arrive", () -> {
      Phaser phaser = new Phaser(2);
      return new Waiting(phaser, phaser::arriveAndAwaitAdvance);
    });
    kinds.put("barrier", () -> {
      CyclicBarrier barrier = new CyclicBarrier(2);
      return new Waiting(barrier, barrier::await);
    });
    kinds.put("stamped-lock", () -> {
      StampedLock lock = new StampedLock();
      lock.writeLock();
      return new Waiting(lock, lock::readLock);
    });
    kinds.put("own-synchronizer", () -> {
      OwnLatch latch = new OwnLatch();
      return new Waiting(latch, () -> latch.acquireSharedInterruptibly(1));
    });
    for (boolean fair : new boolean[] {false, true}) {
      kinds.put(fair ? "condition-of-fair-lock" : "condition", () -> {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        return new Waiting(condition, () -> {
          lock.lock();
          try {
            condition.await();
          } finally {
            lock.unlock();
          }
        });
      });
    }
    kinds.put("condition-uninterruptibly", () -> {
      ReentrantLock lock = new ReentrantLock();
      Condition condition = lock.newCondition();
      return new Waiting(condition, () -> {
        lock.lock();
        try {
          condition.awaitUninterruptibly();
        } finally {
          lock.unlock();
        }
      });
    });
  }

  private static void monitors(Map<String, Supplier<Waiting>> kinds) {
    kinds.put("object-wait", () -> {
      Object monitor = new Object();
      return new Waiting(monitor, () -> {
        synchronized (monitor) {
          monitor.wait();
        }
      });
    });
    kinds.put("wait-in-synchronized-method", () -> {
      Mailbox mailbox = new Mailbox();
      return new Waiting(mailbox, mailbox::receive);
    });
  }

  /** A queue of the application's own. */
  static final class OwnQueue extends LinkedBlockingQueue<String> {
    private static final long serialVersionUID = 1L;
  }

  /** A synchronizer of the application's own. */
  static final class OwnLatch extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    @Override
    protected int tryAcquireShared(int ignored) {
      return getState() == 1 ? 1 : -1;
    }
  }

  /** Waits in the way of before {@code java.util.concurrent}. */
  static final class Mailbox {
    private boolean mail;

    synchronized void receive() throws InterruptedException {
      while (!mail) {
        wait();
      }
    }

    synchronized void send() {
      mail = true;
      notifyAll();
    }
  }
}
