package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.finding.Verdict;
import io.leakwatch.text.PlainText;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One finding as text: in full, in short or, when it has ended, in one line. Every line ends in a newline. */
final class FindingText {
  static final int MAX_CREATION_FRAMES = 12;
  static final int MAX_WAIT_FRAMES = 14;
  static final int MAX_STACK_GROUPS = 10;
  static final int MAX_THREAD_NAMES = 3;
  static final int MAX_EVIDENCE = 12;

  /** Longest thread name, in characters; the other limits below are generous and only bound the report. */
  static final int MAX_NAME_LENGTH = 100;

  private static final int MAX_FRAME_LENGTH = 300;
  private static final int MAX_PHRASE_LENGTH = 300;
  private static final int MAX_SENTENCE_LENGTH = 600;

  private static final int FINGERPRINT_COLUMN = 77;

  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String GREEN = "\u001b[32m";
  private static final String NO_COLOR = "\u001b[0m";

  private final boolean color;
  private final TextBlock text = new TextBlock();

  private FindingText(boolean color) {
    this.color = color;
  }

  /** Everything about an open finding. */
  static String inFull(TrackedFinding tracked, boolean color) {
    FindingText block = new FindingText(color);
    block.head(tracked);
    block.details(tracked.finding());
    return block.text.toString();
  }

  /** Everything about a finding of a proof, which has a word of its own for how sure it is. */
  static String ofProof(ProvenFinding proven, boolean color) {
    FindingText block = new FindingText(color);
    TrackedFinding tracked = proven.tracked();
    String note = proven.confirmed() ? "" : " (unconfirmed)";
    block.header(tracked, proven.level().title(), note);
    block.body(tracked.finding());
    block.details(tracked.finding());
    return block.text.toString();
  }

  /** An open finding that was told in full before. */
  static String inShort(TrackedFinding tracked, boolean color) {
    FindingText block = new FindingText(color);
    block.head(tracked);
    return block.text.toString();
  }

  /** A finding that has ended: what it was and since when. */
  static String ended(TrackedFinding tracked, boolean color) {
    FindingText line = new FindingText(color);
    Finding finding = tracked.finding();
    line.verdict(tracked.state().name(), GREEN);
    line.text.append(finding.kind().title()).append(": ").append(phrase(finding.headline()));
    if (!finding.suspects().isEmpty()) {
      line.text.append(" of ").append(frame(withoutPackage(finding.suspects().get(0))));
    }
    line.text.append(" since ").append(tracked.firstSeen().truncatedTo(ChronoUnit.SECONDS));
    line.text.append("  [").append(finding.fingerprint()).append(']');
    line.text.append(tracked.known() ? " (known)\n" : "\n");
    return line.text.toString();
  }

  private void head(TrackedFinding tracked) {
    header(tracked, tracked.verdict().name(), tracked.known() ? " (known)" : "");
    body(tracked.finding());
  }

  private void body(Finding finding) {
    text.append("  ").append(countLine(finding)).append('\n');
    String createdAt = creationSite(finding);
    if (!createdAt.isEmpty()) {
      text.line("created at", createdAt);
    }
    String suspect =
        finding.suspects().isEmpty() ? "" : frame(finding.suspects().get(0));
    if (!suspect.isEmpty() && !suspect.equals(createdAt)) {
      text.line("suspect", suspect);
    }
    if (!finding.waiting().isEmpty()) {
      text.wrapped("waiting in", phrase(finding.waiting()));
    }
  }

  private void header(TrackedFinding tracked, String word, String note) {
    int start = text.length();
    int codes = verdict(word, color(tracked.verdict()));
    text.append(tracked.finding().kind().title()).append(note);
    text.pad(Math.max(FINGERPRINT_COLUMN, text.length() - start - codes + 2) + codes + start);
    text.append('[').append(tracked.finding().fingerprint()).append("]\n");
  }

  /**
   * {@code LEAK CONFIRMED  }.
   *
   * @return how many of the characters written are invisible
   */
  private int verdict(String word, String colorCode) {
    int codes = color ? colorCode.length() + NO_COLOR.length() : 0;
    int start = text.length();
    text.append(color ? colorCode : "").append("LEAK ").append(word).append(color ? NO_COLOR : "");
    text.pad(Math.max(start + codes + 16, text.length() + 2));
    return codes;
  }

  private static String color(Verdict verdict) {
    return verdict.atLeast(Verdict.CONFIRMED) ? RED : YELLOW;
  }

  private static String countLine(Finding finding) {
    StringBuilder line = new StringBuilder(phrase(finding.headline()));
    long tenths = Math.round(finding.growthPerMinute() * 10);
    if (tenths != 0) {
      line.append(tenths < 0 ? ", -" : ", +").append(Math.abs(tenths) / 10);
      line.append('.').append(Math.abs(tenths) % 10).append("/min");
      if (finding.growingFor().toSeconds() > 0) {
        line.append(" for ").append(Words.duration(finding.growingFor()));
      }
    }
    if (finding.oldest().toSeconds() > 0) {
      line.append(", oldest ").append(Words.duration(finding.oldest()));
    }
    return line.toString();
  }

  /** The frame to blame, which is often not the innermost: that one may be in the JDK. */
  private static String creationSite(Finding finding) {
    List<String> createdAt = finding.createdAt();
    for (String suspect : finding.suspects()) {
      if (createdAt.contains(suspect)) {
        return frame(suspect);
      }
    }
    return createdAt.isEmpty() ? "" : frame(createdAt.get(0));
  }

  private void details(Finding finding) {
    if (!finding.evidence().isEmpty()) {
      text.wrapped("evidence", evidence(finding.evidence()));
    }
    if (!finding.threadNames().isEmpty()) {
      text.wrapped("threads", threadNames(finding));
    }
    if (!finding.advice().isEmpty()) {
      text.wrapped("fix", PlainText.of(finding.advice(), MAX_SENTENCE_LENGTH));
    }
    if (!finding.createdAt().isEmpty() || !finding.waitingAt().isEmpty()) {
      text.line("stack", "sampled, one representative for " + finding.count());
      frames("created", finding.createdAt(), MAX_CREATION_FRAMES);
      frames("waiting", finding.waitingAt(), MAX_WAIT_FRAMES);
    }
    if (!finding.stacks().isEmpty()) {
      stackGroups(finding.stacks());
    }
  }

  private static String evidence(List<String> evidence) {
    List<String> told =
        evidence.stream().limit(MAX_EVIDENCE).map(FindingText::phrase).toList();
    int untold = evidence.size() - told.size();
    return String.join("; ", told) + (untold > 0 ? "; … " + untold + " more" : "");
  }

  private static String threadNames(Finding finding) {
    List<String> told = finding.threadNames().stream()
        .limit(MAX_THREAD_NAMES)
        .map(name -> PlainText.of(name, MAX_NAME_LENGTH))
        .toList();
    return String.join(", ", told) + (finding.threads() > told.size() ? ", …" : "");
  }

  private void stackGroups(List<StackGroup> groups) {
    text.line("stacks", "sampled, one representative for each group");
    List<StackGroup> told = groups.subList(0, Math.min(MAX_STACK_GROUPS, groups.size()));
    for (StackGroup group : told) {
      text.line("  group", phrase(group.title()));
      frames("created", group.createdAt(), MAX_CREATION_FRAMES);
      frames("waiting", group.waitingAt(), MAX_WAIT_FRAMES);
    }
    List<StackGroup> untold = groups.subList(told.size(), groups.size());
    if (!untold.isEmpty()) {
      long threads = untold.stream().mapToLong(StackGroup::count).sum();
      text.append(TextBlock.VALUE_INDENT)
          .append("… ")
          .append(Words.count(untold.size(), "more group"))
          .append(" (")
          .append(Words.count(threads, "thread"))
          .append(")\n");
    }
  }

  private void frames(String label, List<String> frames, int max) {
    String shown = "  " + label;
    for (String frame : frames.subList(0, Math.min(max, frames.size()))) {
      text.line(shown, frame(frame));
      shown = "";
    }
    if (frames.size() > max) {
      text.append(TextBlock.VALUE_INDENT)
          .append("… ")
          .append(frames.size() - max)
          .append(" more\n");
    }
  }

  private static String frame(String frame) {
    return PlainText.of(frame, MAX_FRAME_LENGTH);
  }

  private static String phrase(String phrase) {
    return PlainText.of(phrase, MAX_PHRASE_LENGTH);
  }

  /** {@code com.acme.Quotes.load(Quotes.java:42)} as {@code Quotes.load(Quotes.java:42)}. */
  private static String withoutPackage(String frame) {
    int parenthesis = frame.indexOf('(');
    int method = frame.lastIndexOf('.', parenthesis < 0 ? frame.length() : parenthesis);
    return frame.substring(frame.lastIndexOf('.', method - 1) + 1);
  }
}
