package io.leakwatch.config;

import java.util.List;

/**
 * The configuration, and what there is to say about it.
 *
 * @param config what to use
 * @param warnings one line for each bad part of the input, without control characters
 * @param effectiveLine every option with its value and, unless it is the default, its source; one line
 */
public record ParsedConfig(AgentConfig config, List<String> warnings, String effectiveLine) {
  public ParsedConfig {
    warnings = List.copyOf(warnings);
  }
}
