package io.leakwatch.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One option: its key, its default, what it accepts and what it means. Immutable.
 *
 * @param <T> the type of its value
 */
public final class ConfigOption<T> {

  static final String INTERVAL_KEY = "interval";
  static final String WARMUP_KEY = "warmup";
  static final String FAIL_ON_KEY = "fail-on";
  static final String LINGER_KEY = "linger";
  static final String EXIT_HANG_KEY = "exit-hang";
  static final String ANNOTATIONS_KEY = "annotations";

  static final ConfigOption<Mode> MODE = new ConfigOption<>(
      "mode",
      "production",
      ValueForm.oneOf(Mode.values()),
      "What the JVM is for; ci sets interval, warmup, fail-on, linger, exit-hang and annotations for tests.");

  static final ConfigOption<Duration> INTERVAL =
      new ConfigOption<>(INTERVAL_KEY, "10s", ValueForm.duration("100ms"), "Sampling period.");

  static final ConfigOption<Duration> WARMUP = new ConfigOption<>(
      WARMUP_KEY,
      "60s",
      ValueForm.duration("0s"),
      "Time after the agent's start at which the baseline is taken.");

  static final ConfigOption<Double> BASELINE_FACTOR = new ConfigOption<>(
      "baseline-factor",
      "2.0",
      ValueForm.factor(1, 1000),
      "SUSPECTED when live threads exceed the baseline times this.");

  static final ConfigOption<Integer> SETTLE = new ConfigOption<>(
      "settle",
      "3",
      ValueForm.wholeNumber(1, 100),
      "Samples that a finding must hold before it is reported.");

  static final ConfigOption<Duration> REPORT_INTERVAL = new ConfigOption<>(
      "report-interval",
      "60s",
      ValueForm.duration("100ms"),
      "Time between two reports; one status line when there is nothing to say.");

  static final ConfigOption<String> LOG = new ConfigOption<>(
      "log",
      AgentConfig.STDERR,
      ValueForm.streamOrFile(),
      "Where the report goes as text; a file is rolled.");

  /** Empty when off. */
  static final ConfigOption<String> JSON = new ConfigOption<>(
      "json",
      "off",
      ValueForm.stdoutFileOrOff(),
      "Where one JSON report a line goes, each flushed at once.");

  /** Zero when off. */
  static final ConfigOption<Duration> SLOW_TASK = new ConfigOption<>(
      "slow-task", "30s", ValueForm.durationOrOff("100ms"), "Age at which a running task is slow.");

  /** Zero when off. */
  static final ConfigOption<Duration> HELD_CARRIER = new ConfigOption<>(
      "held-carrier",
      "10s",
      ValueForm.durationOrOff("100ms"),
      "Time from which on a virtual thread holds its carrier for too long.");

  static final ConfigOption<FailOn> FAIL_ON = new ConfigOption<>(
      FAIL_ON_KEY,
      "never",
      ValueForm.oneOf(FailOn.values()),
      "Weakest verdict that makes the JVM exit with fail-status"
          + " when such a finding is open at exit.");

  static final ConfigOption<Integer> FAIL_STATUS = new ConfigOption<>(
      "fail-status", "86", ValueForm.wholeNumber(0, 255), "The exit status that fail-on gives.");

  static final ConfigOption<Duration> LINGER = new ConfigOption<>(
      LINGER_KEY,
      "0s",
      ValueForm.duration("0s"),
      "How long the JVM's end is put off for findings that fail-on is about, for they may end.");

  /** Zero when off. */
  static final ConfigOption<Duration> EXIT_HANG = new ConfigOption<>(
      EXIT_HANG_KEY,
      "off",
      ValueForm.durationOrOff("100ms"),
      "Time after which it is reported what keeps the JVM from ending"
          + " when main has returned or it is shutting down.");

  /** Empty when off. */
  static final ConfigOption<String> JUNIT_XML = new ConfigOption<>(
      "junit-xml",
      "off",
      ValueForm.fileOrOff(),
      "File that gets the final findings as a JUnit test report, written anew.");

  static final ConfigOption<Annotations> ANNOTATIONS = new ConfigOption<>(
      ANNOTATIONS_KEY,
      "off",
      ValueForm.oneOf(Annotations.values()),
      "Whether the final findings go to stderr as GitHub annotations; auto: when it runs there.");

  /** Empty when off. */
  static final ConfigOption<String> KNOWN = new ConfigOption<>(
      "known",
      "off",
      ValueForm.fileOrOff(),
      "File of known fingerprints that do not fail a build:"
          + " a fingerprint a line, expires=YYYY-MM-DD if it does, the reason.");

  static final ConfigOption<List<NamePattern>> EXCLUDE_NAME = new ConfigOption<>(
      "exclude-name", "none", ValueForm.patterns(), "Leaves out threads with a matching name.");

  static final ConfigOption<List<NamePattern>> EXCLUDE_TOP_FRAME = new ConfigOption<>(
      "exclude-top-frame",
      "none",
      ValueForm.patterns(),
      "Leaves out threads whose innermost frame, as class.method, matches.");

  static final ConfigOption<List<NamePattern>> EXCLUDE_ANY_FRAME = new ConfigOption<>(
      "exclude-any-frame",
      "none",
      ValueForm.patterns(),
      "Leaves out threads with any frame, as class.method, that matches.");

  static final ConfigOption<List<NamePattern>> EXCLUDE_CREATOR = new ConfigOption<>(
      "exclude-creator",
      "none",
      ValueForm.patterns(),
      "Leaves out threads and executors made by a matching class.method.");

  static final ConfigOption<List<NamePattern>> REDACT = new ConfigOption<>(
      "redact",
      "none",
      ValueForm.onlyPatterns(),
      "Writes names, words and frames that match as [redacted] in every report.");

  static final ConfigOption<Integer> STACK_DEPTH = new ConfigOption<>(
      "stack-depth", "64", ValueForm.wholeNumber(1, 1024), "Frames kept of a stack.");

  /** Empty when off. */
  static final ConfigOption<String> CONFIG = new ConfigOption<>(
      "config",
      "off",
      ValueForm.fileOrOff(),
      "File of further options, one key=value a line, # for comments;"
          + " options given elsewhere come first.");

  private static final List<ConfigOption<?>> ALL = List.of(
      MODE,
      INTERVAL,
      WARMUP,
      BASELINE_FACTOR,
      SETTLE,
      REPORT_INTERVAL,
      LOG,
      JSON,
      SLOW_TASK,
      HELD_CARRIER,
      FAIL_ON,
      FAIL_STATUS,
      LINGER,
      EXIT_HANG,
      JUNIT_XML,
      ANNOTATIONS,
      KNOWN,
      EXCLUDE_NAME,
      EXCLUDE_TOP_FRAME,
      EXCLUDE_ANY_FRAME,
      EXCLUDE_CREATOR,
      REDACT,
      STACK_DEPTH,
      CONFIG);

  private final String key;
  private final String defaultText;
  private final ValueForm<T> form;
  private final String meaning;

  private ConfigOption(String key, String defaultText, ValueForm<T> form, String meaning) {
    this.key = key;
    this.defaultText = defaultText;
    this.form = form;
    this.meaning = meaning;
  }

  /** Every option, in the order in which the README and the help text show them. */
  public static List<ConfigOption<?>> all() {
    return ALL;
  }

  /** Such as {@code report-interval}. */
  public String key() {
    return key;
  }

  /** The default as a user would write it. */
  public String defaultText() {
    return defaultText;
  }

  /** What is accepted, as a phrase such as {@code a whole number from 1 to 100}. */
  public String acceptedForm() {
    return form.accepted();
  }

  /** One sentence. */
  public String meaning() {
    return meaning;
  }

  /** The value that the text stands for; null when the text is not of the accepted form. Never throws. */
  public @Nullable T parse(String text) {
    return form.read(text);
  }

  /** The value of {@link #defaultText()}. */
  public T defaultValue() {
    return Objects.requireNonNull(parse(defaultText), key);
  }

  @Override
  public String toString() {
    return key;
  }
}
