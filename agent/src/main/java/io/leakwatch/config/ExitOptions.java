package io.leakwatch.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the JVM ends, or should.
 *
 * @param linger for how long the end is put off when an open finding is about to change the exit status, for it may end
 * @param junitXml the file that gets the findings as a test report; empty when off
 * @param githubAnnotations whether the final findings are said as GitHub shows them
 * @param hang for how long the JVM may take to exit before what keeps it is reported; null when off
 */
public record ExitOptions(
    Duration linger,
    String junitXml,
    boolean githubAnnotations,
    @Nullable Duration hang) {

  /** Nothing of it. */
  public static final ExitOptions NONE = new ExitOptions(Duration.ZERO, "", false, null);
}
