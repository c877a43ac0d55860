package com.acme.hybrid;

import com.acme.pool.TaskPool;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Computes on a fixed pool the size of the machine, and waits on virtual threads (before JDK 21 on platform threads).
 *
 * <p>A virtual thread gives its processor back when it waits, and never while it computes: long computations on virtual
 * threads hold up all others, those that only have an answer to read among them. A thread of a fixed pool that waits is a
 * processor lost. So each job has a thread of its own, which costs next to nothing while it waits; its computing steps are
 * handed to the pool, and it waits for them as it does for anything else.
 *
 * <p>Three limits, each for one resource: processors for computing, permits for steps that wait (connections, file handles,
 * the patience of another server), and jobs under way, which bounds the memory: whoever submits more has to wait.
 *
 * <p><b>Happens-before</b> (JLS 17.4.5). A step sees what its job did before it, and the job sees what the step did: {@link
 * #io} runs it in the job's own thread; {@link #compute} hands it to an executor, and gets its result from a future. A
 * release of a permit happens before its next acquisition. For jobs see {@link TaskPool}.
 *
 * <p><b>Sources.</b> A pool the size of the machine for computing, more threads for what waits: B. Goetz and others, Java
 * Concurrency in Practice, 2006, section 8.2. Stages with a limit each: M. Welsh, D. Culler, E. Brewer, SEDA, 2001.
 */
public final class HybridExecutor implements StagedExecutor {
  private final TaskPool jobs;
  private final Semaphore ioPermits;
  private final ExecutorService processors;

  /**
   * Makes one; threads start when there is something to do.
   *
   * @param processors how many steps may compute at the same time; more than the machine has is of no use
   * @param ioLimit how many steps may wait at the same time
   * @param jobsUnderWay how many jobs may have begun and not ended
   */
  public HybridExecutor(int processors, int ioLimit, int jobsUnderWay) {
    if (ioLimit < 1) {
      throw new IllegalArgumentException("I/O limit " + ioLimit + " is not 1 or more");
    }
    this.processors = Executors.newFixedThreadPool(processors);
    ioPermits = new Semaphore(ioLimit);
    jobs = new TaskPool(jobsUnderWay);
  }

  /** As many computing steps as this machine has processors. */
  public static HybridExecutor forThisMachine(int ioLimit, int jobsUnderWay) {
    return new HybridExecutor(Runtime.getRuntime().availableProcessors(), ioLimit, jobsUnderWay);
  }

  @Override
  public <T> Future<T> submit(Callable<T> job) throws InterruptedException {
    return jobs.submit(job);
  }

  @Override
  public <T> T io(Callable<T> step) throws Exception {
    ioPermits.acquire();
    try {
      return step.call();
    } finally {
      ioPermits.release();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>If the job is interrupted meanwhile, so is the step.
   *
   * @throws ExecutionException with what the step threw
   */
  @Override
  public <T> T compute(Callable<T> step) throws InterruptedException, ExecutionException {
    Future<T> computing = processors.submit(step);
    try {
      return computing.get();
    } catch (InterruptedException e) {
      computing.cancel(true);
      throw e;
    }
  }

  /**
   * Takes no more jobs and gives those under way some time to end by themselves; then closes.
   *
   * @return whether all have ended by themselves
   * @throws InterruptedException if interrupted during that time; it is closed then too
   */
  public boolean shutdown(Duration patience) throws InterruptedException {
    try {
      return jobs.shutdown(patience);
    } finally {
      close();
    }
  }

  /** {@inheritDoc} Waits for computing steps that ignore the interrupt as well, even if interrupted itself. */
  @Override
  public void close() {
    jobs.close();
    processors.shutdownNow();
    boolean interrupted = false;
    while (!processors.isTerminated()) {
      try {
        processors.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
