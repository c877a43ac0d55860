package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The live executors of one origin at one sample: made at the same place, of the same class.
 *
 * @param origin identifies the group from sample to sample
 * @param noun what they are called, in the singular, such as {@code executor} or {@code timer}
 * @param className their class
 * @param createdAt innermost frame first; empty when unknown
 * @param live all of them that are not terminated
 * @param shutDown of these, shut down or cancelled
 * @param open those that are not shut down and have live threads, by birth; thread pools by the end of their last task
 * @param threads live threads of the open ones
 * @param running tasks that these are running
 * @param idleTimeout after what time their idle threads end by themselves; {@code null} when never
 * @param names names of some of their threads; empty in all but the newest sample
 * @param details some of their threads looked at; empty in all but the newest sample
 * @param held those that were shut down and that tasks keep from terminating
 * @param queues what waits in the queues of the others
 * @param proof what a proof from a heap dump says of the threads of all of them; {@code null} when there is none
 */
public record SiteExecutors(
    long origin,
    String noun,
    String className,
    List<StackTraceElement> createdAt,
    long live,
    long shutDown,
    Cohorts open,
    long threads,
    long running,
    @Nullable Duration idleTimeout,
    List<String> names,
    List<ThreadDetail> details,
    HeldExecutors held,
    Queues queues,
    @Nullable SiteProof proof) {

  SiteExecutors withoutDetails() {
    return details.isEmpty() && names.isEmpty() && held.names().isEmpty()
        ? this
        : new SiteExecutors(
            origin,
            noun,
            className,
            createdAt,
            live,
            shutDown,
            open,
            threads,
            running,
            idleTimeout,
            List.of(),
            List.of(),
            held.withoutDetails(),
            queues,
            proof);
  }
}
