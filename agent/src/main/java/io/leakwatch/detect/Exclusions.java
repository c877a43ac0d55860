package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.sample.SampleHistory;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out findings that the user does not want to hear of, in the vocabulary of goleak: by the top frame of the wait,
 * by any frame of it, by any frame of the creator. (Threads excluded by name are not even sampled.) A frame is matched as
 * class and method, {@code com.acme.Poller.run}.
 */
public final class Exclusions implements LeakDetector {
  private final LeakDetector detector;
  private final Predicate<String> topFrame;
  private final Predicate<String> anyFrame;
  private final Predicate<String> creator;

  /** What {@code detector} finds, without what any of the predicates holds for; {@code null} excludes nothing. */
  public Exclusions(
      LeakDetector detector,
      @Nullable Predicate<String> topFrame,
      @Nullable Predicate<String> anyFrame,
      @Nullable Predicate<String> creator) {
    this.detector = detector;
    this.topFrame = topFrame == null ? frame -> false : topFrame;
    this.anyFrame = anyFrame == null ? frame -> false : anyFrame;
    this.creator = creator == null ? frame -> false : creator;
  }

  @Override
  public List<Finding> detect(SampleHistory history) {
    return detector.detect(history).stream().filter(f -> !isExcluded(f)).toList();
  }

  private boolean isExcluded(Finding finding) {
    List<String> waiting = finding.waitingAt();
    return (!waiting.isEmpty() && topFrame.test(method(waiting.get(0))))
        || waiting.stream().map(Exclusions::method).anyMatch(anyFrame)
        || finding.createdAt().stream().map(Exclusions::method).anyMatch(creator);
  }

  private static String method(String frame) {
    int place = frame.lastIndexOf('(');
    return place < 0 ? frame : frame.substring(0, place);
  }
}
