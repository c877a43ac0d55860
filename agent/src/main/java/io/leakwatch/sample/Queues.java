package io.leakwatch.sample;

/**
 * What waits in the queues of a site's executors that are not shut down, at one sample.
 *
 * @param tasks tasks in the queues that a worker could run now; tasks of scheduled pools that are not due are none
 * @param executors executors of the site that are not shut down
 * @param threads live threads of those
 * @param maximum how many threads they may have; {@link Integer#MAX_VALUE} when there is no limit
 * @param running tasks that those are running
 * @param stuckSince the sample since which in each executor that has something in its queue all workers have been running
 *     the same tasks, in the same waits without a timeout; {@link Integer#MAX_VALUE} when that is not so
 */
public record Queues(
    long tasks, long executors, long threads, long maximum, long running, int stuckSince) {
  /** Nothing waits. */
  public static final Queues EMPTY = new Queues(0, 0, 0, 0, 0, Integer.MAX_VALUE);
}
