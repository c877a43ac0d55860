package io.leakwatch.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration: immutable, every value within the range its option documents.
 *
 * @param interval sampling period
 * @param warmup after which the baseline is taken
 * @param baselineFactor live threads over the baseline times this are suspected
 * @param settle samples that a finding must hold before it is reported
 * @param reportInterval time between two periodic reports
 * @param log {@code stderr}, {@code stdout} or a file
 * @param json {@code stdout} or a file; empty when off
 * @param slowTask age at which a running task is slow; null when off
 * @param heldCarrier from when on a virtual thread holds its carrier for too long; null when off
 * @param failOn which open findings change the exit status
 * @param failStatus that exit status, 0 to 255
 * @param known file of known fingerprints; null when there is none
 * @param exclusions which threads and executors are left out
 * @param redact what is not written in any report
 * @param stackDepth frames kept of a stack
 * @param exit what happens when the JVM ends
 */
public record AgentConfig(
    Duration interval,
    Duration warmup,
    double baselineFactor,
    int settle,
    Duration reportInterval,
    String log,
    String json,
    @Nullable Duration slowTask,
    @Nullable Duration heldCarrier,
    FailOn failOn,
    int failStatus,
    @Nullable String known,
    ExclusionPatterns exclusions,
    List<NamePattern> redact,
    int stackDepth,
    ExitOptions exit) {

  /** The value of {@link #log()} that means the JVM's standard error. */
  public static final String STDERR = "stderr";

  /** The value of {@link #log()} and {@link #json()} that means the JVM's standard output. */
  public static final String STDOUT = "stdout";

  public AgentConfig {
    redact = List.copyOf(redact);
  }
}
