package io.leakwatch.runtime;

import io.leakwatch.cli.AgentProperties;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.finding.LeakReport;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

/** What there is to know about this JVM and this agent. */
final class JvmFacts {
  private static final String JDK = Runtime.version().toString();

  private final long pid = ProcessHandle.current().pid();
  private final Instant started;

  /**
   * Of this JVM.
   *
   * @param attached whether it was running before the agent; else it starts now. The process may be older than the JVM in
   *     it: a shell that replaces itself by it, for one
   */
  JvmFacts(boolean attached) {
    Instant now = Instant.now();
    this.started = attached ? ProcessHandle.current().info().startInstant().orElse(now) : now;
  }

  LeakReport.Jvm at(Instant time) {
    Duration uptime = Duration.between(started, time);
    return new LeakReport.Jvm(pid, shortVersion(), uptime.isNegative() ? Duration.ZERO : uptime);
  }

  /** The begin of the line that is logged at the start. */
  static String startLine(boolean attached) {
    return "leakwatch "
        + agentVersion()
        + (attached ? " attached to" : " watches")
        + " a JVM on JDK "
        + JDK
        + ": ";
  }

  /**
   * Lets the command line see that the agent runs here, and where it logs. Not as system properties: those are the
   * application's.
   *
   * @param log the {@code log} option
   */
  static void announce(String log) {
    try {
      Method properties =
          Class.forName("jdk.internal.vm.VMSupport", true, null).getMethod("getAgentProperties");
      Properties shown = (Properties) properties.invoke(null);
      boolean stream = log.equals(AgentConfig.STDERR) || log.equals(AgentConfig.STDOUT);
      shown.setProperty(AgentProperties.LOG, stream ? log : new File(log).getAbsolutePath());
      shown.setProperty(AgentProperties.VERSION, agentVersion());
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Only the command line's courtesy is lost; a second agent is refused all the same.
      return;
    }
  }

  /** The agent's version. */
  static String agentVersion() {
    try (InputStream in = JvmFacts.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String shortVersion() {
    int build = JDK.indexOf('+');
    return build < 0 ? JDK : JDK.substring(0, build);
  }
}
