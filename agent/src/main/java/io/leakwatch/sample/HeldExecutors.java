package io.leakwatch.sample;

import java.util.List;

/**
 * The executors of a site that were shut down and that tasks keep from terminating, at one sample.
 *
 * @param used those that were used for a while before they were shut down, or in which tasks have ended since
 * @param handedOver those that were shut down as soon as they were made, and in which no task has ended yet: so executors
 *     are used whose tasks are meant to run on
 * @param threads workers at work in all of them
 * @param names names of some of the workers that hold one; empty in all but the newest sample
 * @param details the same workers looked at, the longest motionless first; empty in all but the newest sample
 */
public record HeldExecutors(
    Group used, Group handedOver, long threads, List<String> names, List<ThreadDetail> details) {
  /** None is held. */
  public static final HeldExecutors NONE =
      new HeldExecutors(Group.NONE, Group.NONE, 0, List.of(), List.of());

  /**
   * Some held executors.
   *
   * @param atWork all of them, by the sample since which they have been shut down and at the same tasks
   * @param motionless of these, those in which a worker stays in the same wait without a timeout, by the sample since
   *     which that is so; I/O does not count, a loop is in the same read at each look
   */
  public record Group(Cohorts atWork, Cohorts motionless) {
    public static final Group NONE = new Group(Cohorts.of(), Cohorts.of());
  }

  public HeldExecutors {
    names = List.copyOf(names);
    details = List.copyOf(details);
  }

  HeldExecutors withoutDetails() {
    return details.isEmpty() && names.isEmpty()
        ? this
        : new HeldExecutors(used, handedOver, threads, List.of(), List.of());
  }
}
