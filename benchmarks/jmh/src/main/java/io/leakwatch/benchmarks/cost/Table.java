package io.leakwatch.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. Not thread-safe. */
final class Table {
  private final List<String> lines = new ArrayList<>();

  /** One with these heads of columns. */
  Table(List<String> heads) {
    add(heads);
    lines.add("|" + "---|".repeat(heads.size()));
  }

  /** Adds a row. */
  void add(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
