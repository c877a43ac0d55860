package io.leakwatch.benchmarks.cost;

/** Who is compared. */
enum Contestant {
  NONE("no agent", false),
  EMPTY("an empty agent", false),
  LEAKWATCH("Leakwatch", false),
  /** With the starts and ends of threads, and their stacks. */
  JFR("JFR", true),
  OPENTELEMETRY("OpenTelemetry", true),
  DATADOG("Datadog", true);

  private final String title;
  private final boolean alternative;

  Contestant(String title, boolean alternative) {
    this.title = title;
    this.alternative = alternative;
  }

  String title() {
    return title;
  }

  /** With what it is compared: an agent with an empty one, because any agent makes the JVM do some things differently. */
  Contestant reference() {
    return this == JFR || this == NONE ? NONE : EMPTY;
  }

  /** As the head of a column of ratios. */
  String ratioTitle() {
    return title + " ÷ " + (reference() == NONE ? "none" : "empty");
  }

  /** Whether it is what a user would take in place of Leakwatch. */
  boolean isAlternative() {
    return alternative;
  }
}
