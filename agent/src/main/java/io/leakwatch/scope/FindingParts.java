package io.leakwatch.scope;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.Redaction;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.report.LogText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A finding as its parts by name, for those who do not see its class. Part of the contract: only added to. */
public final class FindingParts {
  private final LogText text = new LogText(false);
  private final Predicate<String> known;
  private final Redaction redaction;

  /** Of findings that are known when {@code known} says so of their fingerprint, without what is to be redacted. */
  public FindingParts(Predicate<String> known, Redaction redaction) {
    this.known = known;
    this.redaction = redaction;
  }

  /**
   * Its parts. {@code text} is the block that the log would have; {@code kind} the name that JSON reports have; {@code
   * known} is {@code true} or {@code false}.
   */
  Map<String, Object> of(Finding found) {
    boolean isKnown = known.test(found.fingerprint());
    TrackedFinding tracked = redaction.of(
        new TrackedFinding(found, found.verdict(), FindingState.NEW, Instant.now(), isKnown));
    Finding finding = tracked.finding();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("fingerprint", finding.fingerprint());
    parts.put("kind", finding.kind().name());
    parts.put("title", finding.kind().title());
    parts.put("summary", finding.summary());
    parts.put("known", String.valueOf(isKnown));
    parts.put("count", finding.count());
    parts.put("threads", finding.threads());
    parts.put("suspects", finding.suspects());
    parts.put("threadNames", finding.threadNames());
    parts.put("createdAt", finding.createdAt());
    parts.put("waitingAt", finding.waitingAt());
    parts.put("text", text.format(tracked));
    return parts;
  }
}
