package io.leakwatch.finding;

import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.RunningTasks;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.ThreadTasks;
import io.leakwatch.tasks.WaitingTasks;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a report what its owner does not want to be read. A text that is a name as a whole (of a thread, a frame) is
 * replaced when it matches; else each word in it that does. Of a frame it is enough that {@code class.method} matches.
 *
 * <p>Fingerprints and numbers stay as they are: they are made before, and say nothing of the names. Immutable.
 */
public final class Redaction {
  /** What stands in the place of what was taken out. */
  public static final String MARK = "[redacted]";

  /** The packages in front of a class, by the custom that these begin with a small letter. */
  private static final Pattern PACKAGE = Pattern.compile("^(?:[^.(A-Z][^.(]*\\.)*");

  /** What follows a class's name: a method, a nested or a generated class. */
  private static final Pattern CLASS_END = Pattern.compile("[.$/(]");

  /** A word, without the punctuation of the sentence around it, but with a frame's file and line. */
  private static final Pattern WORD = Pattern.compile(
      "[^\\s,;'\"\\[\\]()]+(?:\\([^()\\s]*\\)|\\(Unknown Source\\)|\\(Native Method\\))?");

  private final @Nullable Predicate<String> matches;
  private final List<String> names;
  private final Set<String> classes;

  /**
   * A redaction.
   *
   * @param matches whether a name is to be taken out; {@code null} to leave everything as it is
   */
  public Redaction(@Nullable Predicate<String> matches) {
    this(matches, List.of(), Set.of());
  }

  /**
   * With what a finding's own words add.
   *
   * @param names of threads, which may have several words
   * @param classes simple names
   */
  private Redaction(@Nullable Predicate<String> matches, List<String> names, Set<String> classes) {
    this.matches = matches;
    this.names = names;
    this.classes = classes;
  }

  /** The report without what matches. */
  public LeakReport of(LeakReport report) {
    if (matches == null) {
      return report;
    }
    TaskView tasks = report.tasks();
    return new LeakReport(
        report.time(),
        report.sequence(),
        report.reason(),
        report.jvm(),
        report.threads(),
        report.executors(),
        report.agent(),
        report.findings().stream().map(this::of).toList(),
        report.retractedTotal(),
        all(report.gone()),
        tasks == null ? null : of(tasks));
  }

  /** The finding without what matches. */
  public TrackedFinding of(TrackedFinding tracked) {
    if (matches == null) {
      return tracked;
    }
    return new TrackedFinding(
        of(tracked.finding()),
        tracked.verdict(),
        tracked.state(),
        tracked.firstSeen(),
        tracked.known());
  }

  /** What is known of threads without what matches. */
  public ThreadOrigin of(ThreadOrigin origin) {
    ThreadOrigin.Executor executor = origin.executor();
    return new ThreadOrigin(
        origin.threads(),
        origin.age(),
        all(origin.suspects()),
        all(origin.createdAt()),
        executor == null ? null : of(executor),
        origin.fingerprints());
  }

  /** The proof without what matches. */
  public ProofReport of(ProofReport report) {
    return matches == null
        ? report
        : report.withFindings(report.findings().stream().map(this::of).toList());
  }

  private ProvenFinding of(ProvenFinding proven) {
    KnownThreads known = proven.known();
    return new ProvenFinding(
        of(proven.tracked()),
        proven.level(),
        proven.confirmed(),
        all(proven.threadNames()),
        proven.threads(),
        known == null
            ? null
            : new KnownThreads(
                known.threads(),
                known.fingerprints(),
                known.executors().stream().map(this::of).toList()));
  }

  private ThreadOrigin.Executor of(ThreadOrigin.Executor executor) {
    return new ThreadOrigin.Executor(
        text(executor.noun()), all(executor.suspects()), all(executor.createdAt()));
  }

  /** The tasks without what matches. */
  public TaskView of(TaskView tasks) {
    if (matches == null) {
      return tasks;
    }
    Stream<String> frames = tasks.executors().stream()
        .flatMap(executor -> Stream.concat(
            Stream.of(executor.createdAt()),
            executor.running().stream()
                .flatMap(r -> Stream.of(r.task(), r.at(), r.submittedAt()))));
    return new Redaction(matches, List.of(), simpleNames(frames)).inAll(tasks);
  }

  private TaskView inAll(TaskView tasks) {
    return new TaskView(
        tasks.executors().stream().map(this::of).toList(),
        tasks.untoldExecutors(),
        tasks.threads().stream()
            .map(t -> new ThreadTasks(
                t.count(), text(t.createdAt()), t.oldest(), t.state(), text(t.at())))
            .toList(),
        tasks.untoldThreads(),
        tasks.cancelledInQueues());
  }

  private ExecutorTasks of(ExecutorTasks tasks) {
    return new ExecutorTasks(
        tasks.noun(),
        text(tasks.name()),
        text(tasks.createdAt()),
        tasks.executors(),
        tasks.shutDown(),
        tasks.adopted(),
        tasks.threads(),
        tasks.maximum(),
        tasks.counts(),
        tasks.running().stream()
            .map(r -> new RunningTasks(
                r.count(),
                text(r.task()),
                r.oldest(),
                text(r.thread()),
                r.state(),
                text(r.at()),
                text(r.submittedAt())))
            .toList(),
        tasks.untoldRunning(),
        tasks.waiting().stream()
            .map(
                w -> new WaitingTasks(w.count(), text(w.task()), w.oldest(), text(w.submittedAt())))
            .toList(),
        tasks.untoldWaiting());
  }

  private Finding of(Finding finding) {
    List<String> names = finding.threadNames().stream()
        .filter(this::isTaken)
        .filter(n -> !n.isBlank())
        .toList();
    Stream<String> frames = Stream.concat(
        Stream.of(finding.suspects(), finding.createdAt(), finding.waitingAt())
            .flatMap(List::stream),
        finding.stacks().stream()
            .flatMap(s -> Stream.concat(s.createdAt().stream(), s.waitingAt().stream())));
    return new Redaction(matches, names, simpleNames(frames)).inAll(finding);
  }

  private Finding inAll(Finding finding) {
    return new Finding(
        finding.fingerprint(),
        finding.kind(),
        finding.verdict(),
        finding.opens(),
        finding.count(),
        finding.threads(),
        finding.growthPerMinute(),
        finding.growingFor(),
        finding.oldest(),
        all(finding.suspects()),
        text(finding.summary()),
        text(finding.headline()),
        text(finding.waiting()),
        all(finding.evidence()),
        text(finding.advice()),
        all(finding.threadNames()),
        all(finding.createdAt()),
        all(finding.waitingAt()),
        finding.stacks().stream()
            .map(s ->
                new StackGroup(s.count(), text(s.title()), all(s.createdAt()), all(s.waitingAt())))
            .toList());
  }

  private List<String> all(List<String> texts) {
    return texts.stream().map(this::text).toList();
  }

  /** One text without what matches. */
  public String text(String text) {
    if (matches == null) {
      return text;
    }
    if (isTaken(text)) {
      return MARK;
    }
    String rest = text;
    for (String name : names) {
      rest = rest.replace(name, MARK);
    }
    Matcher words = WORD.matcher(rest);
    return words.replaceAll(word -> Matcher.quoteReplacement(word(word.group())));
  }

  private String word(String word) {
    int end = word.length();
    while (end > 0 && ".:".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    String name = word.substring(0, end);
    return isTakenWord(name) ? MARK + word.substring(end) : word;
  }

  private boolean isTakenWord(String name) {
    int file = name.indexOf('(');
    return isTaken(name)
        || (file > 0 && isTaken(name.substring(0, file)))
        || classes.contains(CLASS_END.split(name, 2)[0]);
  }

  private boolean isTaken(String name) {
    return matches != null && matches.test(name);
  }

  /** Sentences name a class without its package. */
  private Set<String> simpleNames(Stream<String> frames) {
    return frames
        .filter(this::isTakenWord)
        .map(frame -> PACKAGE.matcher(frame).replaceFirst(""))
        .map(name -> CLASS_END.split(name, 2)[0])
        .collect(Collectors.toSet());
  }
}
