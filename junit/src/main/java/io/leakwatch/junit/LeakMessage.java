package io.leakwatch.junit;

import java.util.List;
import java.util.stream.Collectors;

/** What a failed test says. */
final class LeakMessage {
  private LeakMessage() {}

  /** A line that sums up, and a block for each leak; empty when there is nothing to say. */
  static String of(String name, List<Leak> leaks, List<LeakKind> missing) {
    StringBuilder message = new StringBuilder();
    if (!leaks.isEmpty()) {
      String titles = leaks.stream().map(Leak::title).distinct().collect(Collectors.joining(", "));
      message.append(name).append(" has left something behind: ").append(titles).append("\n\n");
      leaks.forEach(leak -> message.append(leak.text()).append('\n'));
    }
    for (LeakKind kind : missing) {
      message
          .append(name)
          .append(" was expected to leave behind ")
          .append(kind)
          .append(", and has not\n");
    }
    return message.toString();
  }
}
