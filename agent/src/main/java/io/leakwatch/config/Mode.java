package io.leakwatch.config;

import java.util.Map;

/** What a JVM is watched for: sets the defaults of other options. */
public enum Mode {
  /** An application that runs for long. */
  PRODUCTION,
  /** Tests, or any other program that ends: short intervals, and its end is looked at. */
  CI;

  /** The defaults that differ, by the keys of their options. */
  Map<String, String> defaults() {
    // No switch: that would load two classes more before the application starts.
    return this == PRODUCTION
        ? Map.of()
        : Map.of(
            ConfigOption.INTERVAL_KEY, "500ms",
            ConfigOption.WARMUP_KEY, "2s",
            ConfigOption.FAIL_ON_KEY, "confirmed",
            ConfigOption.LINGER_KEY, "2s",
            ConfigOption.EXIT_HANG_KEY, "30s",
            ConfigOption.ANNOTATIONS_KEY, "auto");
  }
}
