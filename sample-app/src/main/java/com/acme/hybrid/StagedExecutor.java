package com.acme.hybrid;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Runs jobs that wait in some steps and compute in others.
 *
 * <p>{@link #io} and {@link #compute} are for the jobs' own threads: they return when the step is done, so that a job reads
 * from top to bottom. Safe for use by many threads.
 */
public interface StagedExecutor extends AutoCloseable {
  /**
   * Starts a job; waits while as many as may be under way are.
   *
   * @throws InterruptedException if interrupted while waiting; the job has not begun then
   * @throws java.util.concurrent.RejectedExecutionException if it is closed
   */
  <T> Future<T> submit(Callable<T> job) throws InterruptedException;

  /**
   * Runs a step that mostly waits for somebody else.
   *
   * @return what the step returned
   * @throws Exception what the step threw, or {@link InterruptedException}
   */
  <T> T io(Callable<T> step) throws Exception;

  /**
   * Runs a step that needs a processor all the time.
   *
   * @return what the step returned
   * @throws Exception what the step threw, perhaps as the cause of an {@link java.util.concurrent.ExecutionException}, or
   *     {@link InterruptedException}
   */
  <T> T compute(Callable<T> step) throws Exception;

  /** Takes no more jobs, interrupts those under way, and returns when all have ended. */
  @Override
  void close();
}
