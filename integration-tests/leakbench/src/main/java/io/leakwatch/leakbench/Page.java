package io.leakwatch.leakbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results as Markdown: a summary, a table of all programs, and by name whatever went wrong. */
final class Page {
  private final List<LeakCase> cases;
  private final Score score;
  private final NaiveScore naive;
  private final List<Integer> jdks;

  Page(List<LeakCase> cases, Score score, NaiveScore naive) {
    this.cases = cases;
    this.score = score;
    this.naive = naive;
    jdks = score.entries().stream()
        .map(entry -> entry.run().jdk())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The page with the results in one of its sections replaced.
   *
   * @throws IllegalArgumentException if the page has no such section
   */
  static String replaceIn(String page, String section, String results) {
    String opening = "<!-- " + section + " -->\n";
    String closing = "<!-- /" + section + " -->\n";
    int begin = page.indexOf(opening);
    int end = page.indexOf(closing);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "the page has no " + opening.strip() + " … " + closing.strip());
    }
    return page.substring(0, begin + opening.length())
        + "\n"
        + results
        + "\n"
        + page.substring(end);
  }

  String text() {
    return summary() + "\n" + programs() + "\n" + names();
  }

  private String summary() {
    StringBuilder table = new StringBuilder();
    table.append(row("", jdk -> "JDK " + jdk)).append("|---|").append("---|".repeat(jdks.size()));
    table.append("\n");
    for (String kind : List.of("platform", "executor", "virtual")) {
      Score ofKind = score.of(entry -> entry.leakCase().kind().equals(kind));
      table.append(row("leaks found, " + kind, jdk -> ofKind.ofJdk(jdk).recall()));
    }
    table.append(row("**leaks found, all**", jdk -> score.ofJdk(jdk).recall()));
    Score twins = score.of(entry -> !entry.leakCase().isHardNegative());
    Score hard = score.of(entry -> entry.leakCase().isHardNegative());
    table.append(row("false alarms, clean variants", jdk -> twins.ofJdk(jdk).falseAlarmRate()));
    table.append(row("false alarms, hard negatives", jdk -> hard.ofJdk(jdk).falseAlarmRate()));
    table.append(row("**false alarms, all**", jdk -> score.ofJdk(jdk).falseAlarmRate()));
    table.append(row(
        "**first suspect right**, of those found", jdk -> score.ofJdk(jdk).firstSuspectRight()));
    table.append(row(
        "first suspect waits, of those with threads stuck in the application",
        jdk -> score.ofJdk(jdk).waitingLineFirst()));
    if (naive.entries().isEmpty()) {
      return table.toString();
    }
    table.append(row(
        "twice the start: leaks found",
        jdk -> naive.ofJdk(jdk).alarms(Variant.LEAKY, Growth::naive)));
    table.append(row(
        "twice the start: false alarms",
        jdk -> naive.ofJdk(jdk).alarms(Variant.CLEAN, Growth::naive)));
    table.append(row(
        "twice the count at 5 s: leaks found",
        jdk -> naive.ofJdk(jdk).alarms(Variant.LEAKY, Growth::fair)));
    table.append(row(
        "twice the count at 5 s: false alarms",
        jdk -> naive.ofJdk(jdk).alarms(Variant.CLEAN, Growth::fair)));
    return table.toString();
  }

  private String programs() {
    StringBuilder table = new StringBuilder();
    table.append("| program | what it does | class | called |");
    jdks.forEach(jdk -> table.append(" found, right, alarms on %d |".formatted(jdk)));
    table.append(" grows by | twice the start |\n|---|---|---|---|");
    table.append("---|".repeat(jdks.size() + 2)).append("\n");
    for (LeakCase leakCase : cases) {
      Score own = score.of(entry -> entry.run().caseId().equals(leakCase.id()));
      if (!own.entries().isEmpty()) {
        table.append("| %s | %s | %s | %s |"
            .formatted(leakCase.id(), leakCase.title(), leakCase.taxonomy(), called(own)));
        jdks.forEach(jdk -> table.append(" " + cell(leakCase, own.ofJdk(jdk)) + " |"));
        table.append(" %s | %s |%n".formatted(growth(leakCase), naiveWord(leakCase)));
      }
    }
    return table.toString();
  }

  /** The kinds of the findings in the leaky runs. */
  private static String called(Score own) {
    return own.entries().stream()
        .filter(Score.Entry::isLeaky)
        .flatMap(entry -> entry.verdict().kinds().stream())
        .distinct()
        .map(kind -> kind.toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private static String cell(LeakCase leakCase, Score own) {
    if (own.entries().isEmpty()) {
      return "";
    }
    Ratio alarms = own.falseAlarmRate();
    String said = alarms.part() + " of " + alarms.of();
    Ratio recall = own.recall();
    return leakCase.isHardNegative()
        ? said
        : "%d of %d, %d, %s"
            .formatted(recall.part(), recall.of(), own.firstSuspectRight().part(), said);
  }

  private String growth(LeakCase leakCase) {
    return watched(leakCase, leakCase.isHardNegative() ? Variant.CLEAN : Variant.LEAKY).stream()
        .map(entry -> entry.growth())
        .map(growth -> leakCase.census() == null
            ? String.format(Locale.ROOT, "%+d", growth.end() - growth.at25())
            : "" + growth.named() + " among others")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Empty where nobody has watched. */
  private String naiveWord(LeakCase leakCase) {
    List<String> words = new ArrayList<>();
    List<NaiveScore.Entry> leaky = watched(leakCase, Variant.LEAKY);
    if (!leaky.isEmpty()) {
      words.add(leaky.stream().anyMatch(e -> e.growth().naive()) ? "finds it" : "misses it");
    }
    if (watched(leakCase, Variant.CLEAN).stream().anyMatch(e -> e.growth().naive())) {
      words.add("false alarm");
    }
    return String.join(", ", words);
  }

  private List<NaiveScore.Entry> watched(LeakCase leakCase, Variant variant) {
    return naive.entries().stream()
        .filter(entry -> entry.run().caseId().equals(leakCase.id()))
        .filter(entry -> entry.run().variant() == variant)
        .toList();
  }

  private String names() {
    return list("Missed", score.missed(), entry -> entry.leakCase().title())
        + list("False alarms", score.falseAlarms(), Page::said)
        + list("Wrong first suspects", score.wrongSuspects(), Page::said)
        + list(
            "Runs that the machine had no time for, also not at the third attempt",
            score.starved(),
            entry -> "first request after %s s, answered after %s s, the latest %s s late"
                .formatted(
                    entry.pace().readySeconds(),
                    entry.pace().firstSeconds(),
                    entry.pace().lateSeconds()))
        + list("Runs that failed", score.failed(), entry -> entry.verdict().failure())
        + (naive.entries().isEmpty() ? "" : watchedNames());
  }

  private String watchedNames() {
    return "Programs that did not do what they are said to do, when watched: "
        + (naive.notAsSaid().isEmpty()
            ? "none"
            : naive.notAsSaid().stream()
                .map(entry -> entry.run().toString())
                .collect(Collectors.joining(", ")))
        + " of " + naive.entries().size() + " runs.\n";
  }

  private static String list(
      String title, List<Score.Entry> entries, Function<Score.Entry, String> why) {
    return entries.stream()
        .map(entry -> "- %s: %s%n".formatted(entry.run(), why.apply(entry)))
        .collect(Collectors.joining("", title + (entries.isEmpty() ? ": none.\n" : ":\n\n"), "\n"));
  }

  private static String said(Score.Entry entry) {
    List<String> suspects = entry.verdict().suspects();
    return (suspects.isEmpty() ? "no suspect" : "`" + suspects.get(0) + "`") + "; "
        + String.join("; ", entry.verdict().summaries());
  }

  private String row(String name, Function<Integer, Object> value) {
    return jdks.stream()
        .map(jdk -> " " + value.apply(jdk) + " |")
        .collect(Collectors.joining("", "| " + name + " |", "\n"));
  }
}
