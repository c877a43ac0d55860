package io.leakwatch.sample;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that was on the same carrier at two samples in a row or more, while the carrier took no other task.
 *
 * @param name never empty
 * @param carrier the carrier's name
 * @param seenFor since the first sample that saw it there
 * @param unbrokenFor for how long it is certain that it has not left in between; zero when it is not
 * @param looks samples that saw it there
 * @param waits whether it waited at each look
 * @param cpu what its carrier used meanwhile; {@code null} when unknown
 * @param detail it looked at
 * @param steady the outer part of its stack that all looks had in common, innermost frame first: where it has been all the
 *     while
 */
public record HeldCarrier(
    String name,
    String carrier,
    Duration seenFor,
    Duration unbrokenFor,
    int looks,
    boolean waits,
    @Nullable Cpu cpu,
    ThreadDetail detail,
    List<StackTraceElement> steady) {

  /**
   * CPU time.
   *
   * @param within the time in which it was used
   */
  public record Cpu(Duration used, Duration within) {}

  public HeldCarrier {
    steady = List.copyOf(steady);
  }
}
