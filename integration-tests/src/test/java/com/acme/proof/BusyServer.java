package com.acme.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;

/**
 * A server without a leak that is as busy as it can be: each request makes a latch, a future or a queue of its own, which
 * nobody has any more as soon as the answer is on its way. At any moment some threads have been woken and do not run yet. With
 * {@code platform} or {@code virtual} threads; ends after a line of input.
 */
public final class BusyServer {
  private static final int CLIENTS = 60;
  private static volatile boolean running = true;

  private BusyServer() {}

  /** By what kind of thread. */
  public static void main(String[] args) throws Exception {
    List<Thread> made = new ArrayList<>();
    Starter starter = Starter.of(args[0], made);
    LinkedBlockingQueue<Runnable> requests = new LinkedBlockingQueue<>();
    ExecutorService pool = Executors.newFixedThreadPool(8, Leaks.factory("worker", starter));
    for (int i = 0; i < 8; i++) {
      starter.start("server", () -> serve(requests));
    }
    for (int i = 0; i < CLIENTS; i++) {
      int kind = i % 4;
      starter.start("client", () -> ask(kind, requests, pool));
    }
    made.clear();
    System.out.println("made");
    int told = System.in.read();
    running = false;
    System.exit(told < 0 ? 1 : 0);
  }

  private static void serve(LinkedBlockingQueue<Runnable> requests) {
    try {
      while (running) {
        requests.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void ask(int kind, LinkedBlockingQueue<Runnable> requests, ExecutorService pool) {
    try {
      while (running) {
        switch (kind) {
          case 0 -> {
            CountDownLatch answered = new CountDownLatch(1);
            requests.put(answered::countDown);
            answered.await();
          }
          case 1 -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            requests.put(() -> answer.complete("answer"));
            answer.join();
          }
          case 2 -> {
            SynchronousQueue<String> answer = new SynchronousQueue<>();
            requests.put(() -> answer.offer("answer"));
            // Who comes too late finds nobody, so it is asked with a limit.
            answer.poll(5, java.util.concurrent.TimeUnit.MILLISECONDS);
          }
          default -> pool.submit(() -> "answer").get();
        }
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      Thread.currentThread().interrupt();
    }
  }
}
