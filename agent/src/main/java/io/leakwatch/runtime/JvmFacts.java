package io.leakwatch.runtime;

import io.leakwatch.cli.AgentProperties;
import io.leakwatch.cli.AgentVersion;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.NamePattern;
import io.leakwatch.finding.LeakReport;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** What there is to know about this JVM and this agent. */
final class JvmFacts {
  /** As {@code Runtime.version()} tells it, which takes 10 ms to be made into text when nothing is compiled yet. */
  private static final String JDK =
      System.getProperty("java.runtime.version", System.getProperty("java.version", "unknown"));

  private final Duration before;

  /**
   * Of this JVM.
   *
   * @param attached whether it was running before the agent; else it starts now. The process may be older than the JVM in
   *     it: a shell that replaces itself by it, for one
   */
  JvmFacts(boolean attached) {
    this.before = attached ? sinceStartOfProcess() : Duration.ZERO;
  }

  /**
   * Some time later.
   *
   * @param elapsed since the agent's start, by a clock that never jumps
   */
  LeakReport.Jvm at(Duration elapsed) {
    return new LeakReport.Jvm(ProcessHandle.current().pid(), shortVersion(), before.plus(elapsed));
  }

  /** The begin of the line that is logged at the start. */
  static String startLine(boolean attached) {
    return "leakwatch "
        + AgentVersion.current()
        + (attached ? " attached to" : " watches")
        + " a JVM on JDK "
        + JDK
        + ": ";
  }

  /**
   * Lets the command line see that the agent runs here, from which jar, and where it logs. Not as system properties: those are
   * the application's.
   *
   * @param log the {@code log} option
   * @param redact the {@code redact} option
   */
  static void announce(String log, List<NamePattern> redact) {
    try {
      Properties shown = agentProperties();
      shown.setProperty(AgentProperties.LOG, place(log));
      CodeSource source = JvmFacts.class.getProtectionDomain().getCodeSource();
      if (source != null) {
        shown.setProperty(AgentProperties.JAR, new File(source.getLocation().toURI()).getPath());
      }
      if (!redact.isEmpty()) {
        shown.setProperty(
            AgentProperties.REDACT,
            redact.stream().map(NamePattern::glob).collect(Collectors.joining(";")));
      }
      shown.setProperty(AgentProperties.VERSION, AgentVersion.current());
    } catch (ReflectiveOperationException | URISyntaxException | RuntimeException e) {
      // Only the command line's courtesy is lost; a second agent is refused all the same.
      return;
    }
  }

  /**
   * Where reports go, as one outside of this JVM must know it.
   *
   * @param target {@code stderr}, {@code stdout} or the path of a file
   */
  static String place(String target) {
    boolean stream = target.equals(AgentConfig.STDERR) || target.equals(AgentConfig.STDOUT);
    return stream ? target : new File(target).getAbsolutePath();
  }

  /** What the agents of this JVM show to those who attach. */
  static Properties agentProperties() throws ReflectiveOperationException {
    Method properties =
        Class.forName("jdk.internal.vm.VMSupport", true, null).getMethod("getAgentProperties");
    return (Properties) properties.invoke(null);
  }

  /** By the wall's clock, since there is no other that tells; once, so that no later jump counts. */
  private static Duration sinceStartOfProcess() {
    Instant now = Instant.now();
    Duration since =
        Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    return since.isNegative() ? Duration.ZERO : since;
  }

  private static String shortVersion() {
    int build = JDK.indexOf('+');
    return build < 0 ? JDK : JDK.substring(0, build);
  }
}
