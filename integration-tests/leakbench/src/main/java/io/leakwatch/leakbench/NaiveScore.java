package io.leakwatch.leakbench;

import java.util.List;
import java.util.function.Predicate;

/** How good the naive watcher was: threads more than twice those at a base line. */
record NaiveScore(List<Entry> entries) {

  /** A run and what was counted in it. */
  record Entry(LeakCase leakCase, Run run, Growth growth) {}

  NaiveScore {
    entries = List.copyOf(entries);
  }

  NaiveScore ofJdk(int jdk) {
    return new NaiveScore(
        entries.stream().filter(entry -> entry.run.jdk() == jdk).toList());
  }

  /** Alarms in the runs of a variant, of all such runs. */
  Ratio alarms(Variant variant, Predicate<Growth> alarm) {
    List<Entry> runs =
        entries.stream().filter(entry -> entry.run.variant() == variant).toList();
    return new Ratio(runs.stream().filter(entry -> alarm.test(entry.growth)).count(), runs.size());
  }

  /** Programs that did not do what they are said to do. */
  List<Entry> notAsSaid() {
    return entries.stream()
        .filter(entry -> !entry.growth.isAsSaid(entry.leakCase, entry.run.variant()))
        .toList();
  }
}
