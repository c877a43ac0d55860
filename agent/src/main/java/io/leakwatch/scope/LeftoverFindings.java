package io.leakwatch.scope;

import io.leakwatch.config.ExclusionPatterns;
import io.leakwatch.config.NamePattern;
import io.leakwatch.detect.Culprits;
import io.leakwatch.finding.Finding;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.Fingerprint;
import io.leakwatch.finding.Verdict;
import io.leakwatch.frames.CodeOwners;
import io.leakwatch.frames.Frames;
import io.leakwatch.frames.TaskFrames;
import io.leakwatch.registry.CreationSite;
import io.leakwatch.registry.ExecutorEntry;
import io.leakwatch.registry.Leftover;
import io.leakwatch.registry.Leftover.What;
import io.leakwatch.registry.OriginClass;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.Scope;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import io.leakwatch.sample.ThreadDetail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes findings of what is left of a scope: grouped by cause, without what is to be ignored. Used by one thread at a time. */
public final class LeftoverFindings {
  private static final int DETAILED = 200;

  private final Registry registry;
  private final CodeOwners owners;
  private final ExclusionPatterns always;
  private final int stackDepth;

  /**
   * Findings of a JVM.
   *
   * @param always what is never held against anybody
   * @param stackDepth frames kept of a stack
   */
  public LeftoverFindings(
      Registry registry, CodeOwners owners, ExclusionPatterns always, int stackDepth) {
    this.registry = registry;
    this.owners = owners;
    this.always = always;
    this.stackDepth = stackDepth;
  }

  /** One thing that is left, as text. */
  private record Item(
      Leftover leftover, List<StackTraceElement> createdAt, List<ThreadDetail> details) {
    List<StackTraceElement> waitingAt() {
      return Culprits.waitingStack(details);
    }
  }

  /**
   * The findings, the largest first.
   *
   * @param waited since the end of the scope
   */
  List<Finding> of(List<Leftover> left, Scope scope, ExclusionPatterns ignored, Duration waited) {
    Map<String, List<Item>> groups = new LinkedHashMap<>();
    for (Leftover leftover : left) {
      // So many that only their number matters: one stack stands for them all.
      Item item = item(leftover, groups.size() < DETAILED);
      if (!SharedByAll.made(item.createdAt())
          && !isIgnored(item, ignored)
          && !isIgnored(item, always)
          && !cannotBeClosed(item)) {
        groups.computeIfAbsent(cause(item), f -> new ArrayList<>()).add(item);
      }
    }
    return groups.values().stream()
        .map(items -> finding(fingerprint(items.get(0)), items, scope, waited))
        .sorted(Comparator.comparing(Finding::threads, Comparator.reverseOrder())
            .thenComparing(Finding::fingerprint))
        .toList();
  }

  private Item item(Leftover leftover, boolean detailed) {
    LiveThread thread = leftover.thread();
    List<ThreadDetail> details = thread == null || !detailed
        ? List.of()
        : List.of(ThreadDetail.of(thread.thread(), stackDepth));
    CreationSite site = leftover.site();
    List<StackTraceElement> createdAt = site == null && leftover.what() == What.TASK
        ? submittedAt(Culprits.waitingStack(details))
        : site == null ? List.of() : site.frames();
    return new Item(leftover, withoutFramework(createdAt), details);
  }

  /** Where a running task was handed in, as far as its stack leads to its class. */
  private List<StackTraceElement> submittedAt(List<StackTraceElement> stack) {
    String entry = TaskFrames.entry(stack);
    Collection<OriginClass> origins =
        entry.isEmpty() ? List.of() : registry.tasks().enteredBy(entry);
    List<CreationSite> sites =
        origins.stream().flatMap(o -> o.submittedAt().stream()).distinct().toList();
    return sites.size() == 1 ? sites.get(0).frames() : List.of();
  }

  private static List<StackTraceElement> withoutFramework(List<StackTraceElement> stack) {
    int end = 0;
    while (end < stack.size() && !Frames.isTestFramework(stack.get(end).getClassName())) {
      end++;
    }
    // By reflection it calls the test.
    while (end > 0 && end < stack.size() && Frames.isJdk(stack.get(end - 1).getClassName())) {
      end--;
    }
    return end == 0 ? stack : stack.subList(0, end);
  }

  private static boolean isIgnored(Item item, ExclusionPatterns patterns) {
    List<StackTraceElement> wait = item.waitingAt();
    LiveThread thread = item.leftover().thread();
    return (thread != null && matches(patterns.name(), thread.thread().getName()))
        || (!wait.isEmpty() && matches(patterns.topFrame(), method(wait.get(0))))
        || wait.stream().anyMatch(frame -> matches(patterns.anyFrame(), method(frame)))
        || item.createdAt().stream().anyMatch(frame -> matches(patterns.creator(), method(frame)));
  }

  private static boolean matches(List<NamePattern> patterns, String text) {
    return NamePattern.anyMatches(patterns, text);
  }

  private static String method(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  /** Up to JDK 20 the JDK's own HTTP client has no method to close it: the garbage collector does. */
  private static boolean cannotBeClosed(Item item) {
    return Runtime.version().feature() < 21
        && Stream.concat(item.createdAt().stream(), item.waitingAt().stream())
            .anyMatch(f -> f.getClassName().startsWith("jdk.internal.net.http.HttpClientImpl"));
  }

  private static FindingKind kind(Leftover leftover) {
    return switch (leftover.what()) {
      case EXECUTOR ->
        leftover.executor() != null && leftover.executor().isShutDown()
            ? FindingKind.EXECUTOR_NOT_TERMINATED
            : FindingKind.EXECUTOR_NEVER_SHUT_DOWN;
      case THREAD -> FindingKind.THREAD_LEFT_RUNNING;
      case TASK -> FindingKind.TASK_LEFT_RUNNING;
      case SCHEDULE -> FindingKind.SCHEDULE_LEFT;
    };
  }

  /** Unlike a fingerprint it tells the lines of one method apart: each is to be repaired. */
  private static String cause(Item item) {
    List<StackTraceElement> place =
        item.createdAt().isEmpty() ? item.waitingAt() : item.createdAt();
    ExecutorEntry executor = item.leftover().executor();
    return fingerprint(item)
        + (executor == null ? "" : executor.kind())
        + Frames.applicationFrames(place, 1);
  }

  private static String fingerprint(Item item) {
    String className = item.leftover().executor() == null
        ? item.leftover().origin().name()
        : item.leftover().executor().className();
    return Fingerprint.of(
        kind(item.leftover()),
        Culprits.fingerprintFrames(item.createdAt(), item.details(), className),
        List.of());
  }

  private Finding finding(String fingerprint, List<Item> items, Scope scope, Duration waited) {
    Item first = items.get(0);
    FindingKind kind = kind(first.leftover());
    List<LiveThread> threads = items.stream()
        .flatMap(item -> Stream.ofNullable(item.leftover().thread()))
        .toList();
    List<ThreadDetail> details =
        items.stream().flatMap(item -> item.details().stream()).toList();
    List<String> suspects = kind == FindingKind.TASK_LEFT_RUNNING
        ? Culprits.suspectsOfWait(first.createdAt(), details, owners)
        : Culprits.suspects(first.createdAt(), details, owners);
    long count = first.leftover().what() == What.EXECUTOR
        ? items.stream().map(item -> item.leftover().executor()).distinct().count()
        : items.size();
    String headline = LeftoverWords.headline(first.leftover(), count, threads);
    return new Finding(
        fingerprint,
        kind,
        Verdict.CONFIRMED,
        true,
        count,
        threads.size(),
        0,
        Duration.ZERO,
        Duration.ZERO,
        suspects,
        headline + " of " + scope.name() + " left behind",
        headline,
        Culprits.waiting(details),
        List.of(LeftoverWords.since(scope, waited), LeftoverWords.how(first.leftover(), count)),
        kind.advice(),
        threads.stream()
            .limit(Finding.MAX_THREAD_NAMES)
            .map(LeftoverWords::name)
            .toList(),
        Frames.text(first.createdAt()),
        Frames.text(Culprits.waitingStack(details)),
        List.of());
  }
}
