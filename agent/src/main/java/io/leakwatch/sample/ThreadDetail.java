package io.leakwatch.sample;

import java.util.List;

/**
 * One thread that stands for its group.
 *
 * @param state its state when it was looked at
 * @param stack innermost frame first; empty when it ended meanwhile
 */
public record ThreadDetail(
    String name, boolean daemon, Thread.State state, List<StackTraceElement> stack) {
  public ThreadDetail {
    stack = List.copyOf(stack);
  }
}
