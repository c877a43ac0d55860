package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.StackGroup;
import io.leakwatch.sample.SampleHistory;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
    return waits(finding)
            .anyMatch(wait -> topFrame.test(method(wait.get(0)))
                || wait.stream().map(Exclusions::method).anyMatch(anyFrame))
        || finding.createdAt().stream().map(Exclusions::method).anyMatch(creator);
  }

  /** The stacks of the threads that a finding is about; the groups of a mere dump are not. */
  private static Stream<List<String>> waits(Finding finding) {
    Stream<List<String>> groups = finding.kind() == FindingKind.THREADS_OVER_BASELINE
        ? Stream.of()
        : finding.stacks().stream().map(StackGroup::waitingAt);
    return Stream.concat(Stream.of(finding.waitingAt()), groups).filter(wait -> !wait.isEmpty());
  }

  private static String method(String frame) {
    int place = frame.lastIndexOf('(');
    return place < 0 ? frame : frame.substring(0, place);
  }
}
