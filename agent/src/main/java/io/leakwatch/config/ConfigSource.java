package io.leakwatch.config;

/** Where a setting can come from, the strongest first. A setting that comes from nowhere has its default. */
enum ConfigSource {
  SYSTEM_PROPERTY("system property"),
  ENVIRONMENT("environment"),
  AGENT_ARGUMENT("agent argument"),
  FILE("config file"),
  MODE("mode");

  private final String label;

  ConfigSource(String label) {
    this.label = label;
  }

  /** As the effective configuration says it. */
  String label() {
    return label;
  }
}
