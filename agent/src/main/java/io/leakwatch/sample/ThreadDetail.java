package io.leakwatch.sample;

import io.leakwatch.registry.PlatformThreads;
import java.util.Arrays;
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

  /** Looks at a live thread, {@code depth} frames deep. Stops that thread only, for microseconds. */
  public static ThreadDetail of(Thread thread, int depth) {
    return new ThreadDetail(
        thread.getName(),
        thread.isDaemon(),
        PlatformThreads.state(thread),
        Arrays.stream(PlatformThreads.stack(thread))
            .limit(depth)
            .map(ThreadDetail::textOnly)
            .toList());
  }

  /** A frame of another thread's stack comes with its class on JDK 17: that must not be kept. */
  private static StackTraceElement textOnly(StackTraceElement frame) {
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }
}
