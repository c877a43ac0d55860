package io.leakwatch.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads of one class of tasks that were started, have not ended, and are no more: the garbage collector took
 * them.
 *
 * @param taskClass the class of their tasks
 * @param createdAt the stacks of the places where such threads are made, innermost frame first; empty when unknown
 * @param count at least so many
 * @param started as many were started, those that ended included
 * @param lastSeen one of them when a sample still saw it; {@code null} when none did, or when it is not known that it was
 *     one of them; and in all but the newest sample
 */
public record VanishedTasks(
    String taskClass,
    List<List<StackTraceElement>> createdAt,
    long count,
    long started,
    @Nullable ThreadDetail lastSeen) {
  public VanishedTasks {
    createdAt = List.copyOf(createdAt);
  }

  VanishedTasks withoutDetails() {
    return lastSeen == null ? this : new VanishedTasks(taskClass, createdAt, count, started, null);
  }
}
