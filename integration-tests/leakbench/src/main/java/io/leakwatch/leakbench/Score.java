package io.leakwatch.leakbench;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How good a detector was in a number of runs. A run that failed is no proof of anything: of a leak it counts as
 * missed, of a clean variant it is left out, and {@link #failed} names it.
 */
record Score(List<Entry> entries) {

  /** A run, what ran, what was said, and whether the machine had time for it. */
  record Entry(LeakCase leakCase, Run run, Verdict verdict, Pace pace) {
    boolean isLeaky() {
      return run.variant() == Variant.LEAKY;
    }

    boolean isFound() {
      return isLeaky() && verdict.reported() && !verdict.isFailed();
    }

    boolean isFirstSuspectRight() {
      return verdict.firstSuspectIsAmong(leakCase.rightSites());
    }

    boolean isFirstSuspectWaiting() {
      return verdict.firstSuspectIsAmong(leakCase.waitSites());
    }
  }

  Score {
    entries = List.copyOf(entries);
  }

  /** The score of those runs only. */
  Score of(Predicate<Entry> wanted) {
    return new Score(entries.stream().filter(wanted).toList());
  }

  Score ofJdk(int jdk) {
    return of(entry -> entry.run.jdk() == jdk);
  }

  /** Leaks found, of all. */
  Ratio recall() {
    return new Ratio(leaky().filter(Entry::isFound).count(), leaky().count());
  }

  /** Runs without a leak in which one was reported, of all that count. */
  Ratio falseAlarmRate() {
    long failed = failed().stream().filter(entry -> !entry.isLeaky()).count();
    long clean = entries.stream().filter(entry -> !entry.isLeaky()).count();
    long unheard = failed().stream()
        .filter(entry -> !entry.isLeaky() && entry.verdict.reported())
        .count();
    return new Ratio(falseAlarms().size(), clean - failed + unheard);
  }

  /** Found leaks whose first suspect is right, of all that were found. */
  Ratio firstSuspectRight() {
    return new Ratio(
        leaky().filter(Entry::isFound).filter(Entry::isFirstSuspectRight).count(),
        leaky().filter(Entry::isFound).count());
  }

  /** Found leaks of threads that are stuck in the application whose first suspect is the line that waits, of all such. */
  Ratio waitingLineFirst() {
    List<Entry> stuck = leaky()
        .filter(entry -> entry.isFound() && !entry.leakCase.waitSites().isEmpty())
        .toList();
    return new Ratio(stuck.stream().filter(Entry::isFirstSuspectWaiting).count(), stuck.size());
  }

  List<Entry> starved() {
    return entries.stream().filter(entry -> entry.pace.isStarved()).toList();
  }

  List<Entry> missed() {
    return leaky().filter(entry -> !entry.isFound()).toList();
  }

  /** An alarm in a run that failed later was one all the same. */
  List<Entry> falseAlarms() {
    return entries.stream()
        .filter(entry -> !entry.isLeaky() && entry.verdict.reported())
        .toList();
  }

  List<Entry> wrongSuspects() {
    return leaky()
        .filter(entry -> entry.isFound() && !entry.isFirstSuspectRight())
        .toList();
  }

  List<Entry> failed() {
    return entries.stream().filter(entry -> entry.verdict.isFailed()).toList();
  }

  private Stream<Entry> leaky() {
    return entries.stream().filter(Entry::isLeaky);
  }
}
