package io.leakwatch.finding;

import java.time.Duration;
import java.util.List;

/** Hand-built findings for tests: a complete one to start from, of which a test changes what it is about. */
public final class FindingBuilder {
  private String fingerprint = "7f3a9c21b0d4";
  private FindingKind kind = FindingKind.EXECUTOR_NEVER_SHUT_DOWN;
  private Verdict verdict = Verdict.CONFIRMED;
  private boolean opens = true;
  private long count = 143;
  private long threads = 143;
  private double growthPerMinute = 12.0;
  private Duration growingFor = Duration.ofSeconds(700);
  private Duration oldest = Duration.ofSeconds(712);
  private List<String> suspects = List.of("com.acme.QuoteService.quote(QuoteService.java:42)");
  private String summary = "143 executors made in QuoteService.quote, none shut down";
  private String headline = "143 executors (143 threads)";
  private String waiting = "LinkedBlockingQueue.take, idle worker, no timeout";
  private List<String> evidence =
      List.of("0 of 143 shut down", "low-water mark rose in 14 of 14 samples", "no task for 60 s");
  private String advice =
      "close it where it is made (try-with-resources on 19+), or make it once and share it";
  private List<String> threadNames = List.of("pool-143-thread-1");
  private List<String> createdAt = List.of(
      "java.util.concurrent.ThreadPoolExecutor.<init>(ThreadPoolExecutor.java:1259)",
      "java.util.concurrent.Executors.newFixedThreadPool(Executors.java:91)",
      "com.acme.QuoteService.quote(QuoteService.java:42)",
      "com.acme.QuoteServlet.doGet(QuoteServlet.java:17)");
  private List<String> waitingAt = List.of(
      "jdk.internal.misc.Unsafe.park(Native Method)",
      "java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)",
      "java.lang.Thread.run(Thread.java:1474)");
  private List<StackGroup> stacks = List.of();

  /** 143 executors that a servlet made and never shut down. */
  public static FindingBuilder executors() {
    return new FindingBuilder();
  }

  public FindingBuilder fingerprint(String value) {
    fingerprint = value;
    return this;
  }

  public FindingBuilder kind(FindingKind value) {
    kind = value;
    return this;
  }

  public FindingBuilder verdict(Verdict value) {
    verdict = value;
    return this;
  }

  public FindingBuilder opens(boolean value) {
    opens = value;
    return this;
  }

  public FindingBuilder count(long value) {
    count = value;
    return this;
  }

  public FindingBuilder threads(long value) {
    threads = value;
    return this;
  }

  /** How fast and for how long. */
  public FindingBuilder growth(double perMinute, Duration growing) {
    growthPerMinute = perMinute;
    growingFor = growing;
    return this;
  }

  public FindingBuilder oldest(Duration value) {
    oldest = value;
    return this;
  }

  public FindingBuilder suspects(String... values) {
    suspects = List.of(values);
    return this;
  }

  public FindingBuilder summary(String value) {
    summary = value;
    return this;
  }

  public FindingBuilder headline(String value) {
    headline = value;
    return this;
  }

  public FindingBuilder waiting(String value) {
    waiting = value;
    return this;
  }

  public FindingBuilder evidence(String... values) {
    evidence = List.of(values);
    return this;
  }

  public FindingBuilder advice(String value) {
    advice = value;
    return this;
  }

  public FindingBuilder threadNames(String... values) {
    threadNames = List.of(values);
    return this;
  }

  public FindingBuilder createdAt(List<String> value) {
    createdAt = value;
    return this;
  }

  public FindingBuilder waitingAt(List<String> value) {
    waitingAt = value;
    return this;
  }

  public FindingBuilder stacks(StackGroup... values) {
    stacks = List.of(values);
    return this;
  }

  public Finding build() {
    return new Finding(
        fingerprint,
        kind,
        verdict,
        opens,
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
}
