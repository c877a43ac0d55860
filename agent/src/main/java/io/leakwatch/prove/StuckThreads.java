package io.leakwatch.prove;

import java.util.List;

/**
 * Threads that nothing can wake and that have the same stack. A value.
 *
 * @param stack innermost frame first
 * @param threads their numbers, ascending
 * @param names of some of them
 */
public record StuckThreads(List<StackTraceElement> stack, List<Long> threads, List<String> names) {
  public StuckThreads {
    stack = List.copyOf(stack);
    threads = List.copyOf(threads);
    names = List.copyOf(names);
  }
}
