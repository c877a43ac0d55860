package io.leakwatch.cli;

import io.leakwatch.config.AgentConfig;
import io.leakwatch.text.PlainText;

/**
 * What a running agent says about itself in its JVM's agent properties ({@code jdk.internal.vm.VMSupport}), and this
 * command line reads from outside; and how the command line asks it for more.
 *
 * <p>A request is an agent argument: the JVM is told to load the agent once more, with {@link #REQUEST}, an identifier that
 * nobody else uses, a colon and what is wanted; what that is about may follow behind another colon. The answer is an agent property: {@link #ANSWER} and the identifier; its
 * first line is {@link #OK} or {@link #FAILED}, and the rest is text. The agent takes it away after a while. So nothing but
 * the attach mechanism is needed, which works between containers as well: no file (but for a proof, as for its heap dump), no port.
 */
public final class AgentProperties {

  /** Its version. Set once the agent runs and before its start returns; its absence means that no agent runs. */
  public static final String VERSION = "leakwatch.agent";

  /** Where its report goes: {@code stderr}, {@code stdout} or the absolute path of a file. */
  public static final String LOG = "leakwatch.log";

  /** The path of the jar that it was loaded from, as its JVM sees it. */
  public static final String JAR = "leakwatch.jar";

  /** What its reports redact, as its option has it; absent for nothing. */
  public static final String REDACT = "leakwatch.redact";

  /** How an agent argument begins that is a request and no options. */
  public static final String REQUEST = "request:";

  /** Wanted: what the executors run, as text. */
  public static final String TASKS = "tasks";

  /** Wanted: the same as JSON. */
  public static final String TASKS_JSON = "tasks-json";

  /** Wanted: a report, to where the agent's reports go. */
  public static final String REPORT = "report";

  /**
   * Wanted: that the agent takes in a proof, and tells as JSON what it knows of the threads that it is about. A colon and the
   * absolute path of a {@link ProofMessage} follow.
   */
  public static final String PROOF = "proof";

  /** Wanted: a proof by the collector of which virtual threads never run again, as a line of JSON and as text behind it. */
  public static final String CYCLE = "cycle";

  /** Wanted: who holds the monitors at which virtual threads are blocked; lines of two numbers of threads, blocked and holder. */
  public static final String MONITORS = "monitors";

  /** How the name of a property begins that is an answer. */
  public static final String ANSWER = "leakwatch.answer.";

  /** First line of an answer: what was wanted follows. */
  public static final String OK = "ok";

  /** First line of an answer: the reason follows. */
  public static final String FAILED = "failed";

  private AgentProperties() {}

  /**
   * Where reports go, in words.
   *
   * @param target {@code stderr}, {@code stdout} or the absolute path of a file
   */
  public static String inWords(String target) {
    return switch (target) {
      case AgentConfig.STDERR -> "the standard error of that JVM";
      case AgentConfig.STDOUT -> "the standard output of that JVM";
      default -> PlainText.of(target);
    };
  }
}
