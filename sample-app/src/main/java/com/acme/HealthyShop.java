package com.acme;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does with threads what a healthy application does: none of it is a leak, and nothing may be reported.
 *
 * <p>Each request starts a thread that ends, hands a task to a shared pool that grows to its maximum and stays there,
 * shuts down the executors it makes, and starts a virtual thread that ends, where there are any.
 */
final class HealthyShop implements Service {
  private static final int POOL_SIZE = 8;

  private final ExecutorService sharedPool = new ThreadPoolExecutor(
      POOL_SIZE, POOL_SIZE, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
  private final Optional<ThreadFactory> virtualThreads = VirtualThreads.factory();

  @Override
  public void serve() throws InterruptedException, ExecutionException {
    Thread mail = new Thread(HealthyShop::work);
    mail.start();
    sharedPool.execute(HealthyShop::work);
    virtualThreads.ifPresent(factory -> factory.newThread(HealthyShop::work).start());
    lookUpAndShutDown(Executors.newFixedThreadPool(2));
    Optional<ExecutorService> virtualLookups = VirtualThreads.newExecutor();
    if (virtualLookups.isPresent()) {
      lookUpAndShutDown(virtualLookups.get());
    }
    mail.join();
  }

  private static void lookUpAndShutDown(ExecutorService lookups)
      throws InterruptedException, ExecutionException {
    try {
      lookups.submit(HealthyShop::work).get();
    } finally {
      lookups.shutdown();
    }
  }

  private static void work() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
