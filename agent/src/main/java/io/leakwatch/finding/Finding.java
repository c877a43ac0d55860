package io.leakwatch.finding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one detector says about one cause at one sample. A value: it holds text and numbers only, never a live object.
 *
 * <p>Frames are written as {@link StackTraceElement#toString()} writes them without loader and module:
 * {@code com.acme.QuoteService.quote(QuoteService.java:42)}.
 *
 * @param fingerprint twelve hex digits, equal on every host and after every restart (see {@link Fingerprint})
 * @param kind the kind of leak
 * @param verdict how sure; never {@link Verdict#RETRACTED} here, the tracker says that
 * @param opens whether this is enough to open a finding; when false it only keeps one open that was reported
 *     already (its growth has stopped but nothing ended)
 * @param count leaked things (threads, or executors for an executor kind)
 * @param threads live threads that belong to the finding
 * @param growthPerMinute things a minute, over the recent samples; 0 when it does not grow
 * @param growingFor how long the growth has been seen; zero when the kind does not grow
 * @param oldest age of the oldest of them (a lower bound when it was alive before the agent)
 * @param suspects application frames, the most likely culprit first
 * @param summary one sentence
 * @param headline the count line of the log report without age and growth, such as {@code 143 executors (143 threads)}
 * @param waiting what the threads wait for, such as {@code LinkedBlockingQueue.take, idle worker, no timeout}; empty
 *     when unknown
 * @param evidence what was observed, a short phrase each
 * @param advice what to do
 * @param threadNames at most ten
 * @param createdAt frames of the creation site, innermost first; empty when unknown
 * @param waitingAt frames of one representative thread, innermost first; empty when none was sampled
 * @param stacks a grouped stack dump, the largest group first; empty unless the kind calls for one
 */
public record Finding(
    String fingerprint,
    FindingKind kind,
    Verdict verdict,
    boolean opens,
    long count,
    long threads,
    double growthPerMinute,
    Duration growingFor,
    Duration oldest,
    List<String> suspects,
    String summary,
    String headline,
    String waiting,
    List<String> evidence,
    String advice,
    List<String> threadNames,
    List<String> createdAt,
    List<String> waitingAt,
    List<StackGroup> stacks) {

  /** At most this many thread names are in a finding. */
  public static final int MAX_THREAD_NAMES = 10;

  public Finding {
    suspects = List.copyOf(suspects);
    evidence = List.copyOf(evidence);
    threadNames =
        List.copyOf(threadNames.subList(0, Math.min(MAX_THREAD_NAMES, threadNames.size())));
    createdAt = List.copyOf(createdAt);
    waitingAt = List.copyOf(waitingAt);
    stacks = List.copyOf(stacks);
  }

  /** The same, but it only keeps a finding open that was reported already. */
  public Finding notOpening() {
    return new Finding(
        fingerprint,
        kind,
        verdict,
        false,
        count,
        threads,
        growthPerMinute,
        growingFor,
        oldest,
        suspects,
        summary,
        headline,
        waiting,
        evidence,
        advice,
        threadNames,
        createdAt,
        waitingAt,
        stacks);
  }

  /**
   * This one with what is known of those who made its threads.
   *
   * @param makers suspects that come before the others
   * @param madeAt frames of the creation site, innermost first; empty when unknown
   * @param age of the oldest
   * @param further evidence that comes behind the other
   */
  public Finding withOrigin(
      List<String> makers, List<String> madeAt, Duration age, List<String> further) {
    Set<String> allSuspects = new LinkedHashSet<>(makers);
    allSuspects.addAll(suspects);
    List<String> told = new ArrayList<>(evidence);
    told.addAll(further);
    return new Finding(
        fingerprint,
        kind,
        verdict,
        opens,
        count,
        threads,
        growthPerMinute,
        growingFor,
        age,
        List.copyOf(allSuspects),
        summary,
        headline,
        waiting,
        told,
        advice,
        threadNames,
        madeAt,
        waitingAt,
        stacks);
  }

  /**
   * This one, whose verdict and text belong together, brought up to date by a later and weaker one of the same cause: its
   * figures, and its headline as evidence.
   */
  Finding withFiguresOf(Finding later) {
    List<String> told = new ArrayList<>(evidence);
    told.add("by now: " + later.headline);
    return new Finding(
        fingerprint,
        kind,
        verdict,
        later.opens,
        later.count,
        later.threads,
        later.growthPerMinute,
        later.growingFor,
        later.oldest,
        suspects,
        summary,
        headline,
        waiting,
        told,
        advice,
        later.threadNames,
        createdAt,
        waitingAt,
        stacks);
  }
}
