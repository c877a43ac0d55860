package io.leakwatch.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live threads of one origin at one sample: made at the same place, by tasks of the same class, for the same kind of
 * executor.
 *
 * @param origin identifies the group from sample to sample; a group that was empty meanwhile gets a new one
 * @param virtual whether they are virtual threads
 * @param taskClass the class of their tasks, or of the threads where they have none
 * @param createdAt innermost frame first; empty when unknown
 * @param executor the executors they work for; {@code null} when none
 * @param cohorts how many are alive, by birth; threads of pools by the begin of the task that they run
 * @param served whether most of the oldest read from sockets and have got something to read since the sample before
 * @param names some of their names, the oldest first
 * @param details a few of them looked at, the oldest first; empty in all but the newest sample
 * @param proof what a proof from a heap dump says of them; {@code null} when there is none
 */
public record SiteThreads(
    long origin,
    boolean virtual,
    String taskClass,
    List<StackTraceElement> createdAt,
    @Nullable Owner executor,
    Cohorts cohorts,
    boolean served,
    List<String> names,
    List<ThreadDetail> details,
    @Nullable SiteProof proof) {

  /**
   * The executors that a group's threads work for.
   *
   * @param origin the {@link SiteExecutors#origin()} of their group
   * @param noun what they are called
   * @param unbounded whether they make threads without limit
   * @param idle whether the threads of this group wait for work; the others run a task
   */
  public record Owner(long origin, String noun, boolean unbounded, boolean idle) {}

  /** Live threads. */
  public long count() {
    return cohorts.total();
  }

  SiteThreads withoutDetails() {
    return details.isEmpty() && names.isEmpty() && proof == null
        ? this
        : new SiteThreads(
            origin,
            virtual,
            taskClass,
            createdAt,
            executor,
            cohorts,
            served,
            List.of(),
            List.of(),
            proof == null ? null : proof.withoutDetails());
  }
}
