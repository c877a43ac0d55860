package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/** The agent in a JVM that this command line is attached to: asks it as {@link AgentProperties} says. */
final class RunningAgent {
  private static final long LOOK_EVERY_MILLIS = 50;

  private final AttachedJvm jvm;
  private final Properties properties;
  private final String jar;

  /**
   * The agent.
   *
   * @param properties what it says about itself
   * @param jar the command line's own jar
   */
  RunningAgent(AttachedJvm jvm, Properties properties, String jar) {
    this.jvm = jvm;
    this.properties = properties;
    this.jar = jar;
  }

  /**
   * Asks, and waits for the answer without an end.
   *
   * @param wanted such as {@link AgentProperties#TASKS}
   * @return {@link AgentProperties#OK} or {@link AgentProperties#FAILED}, a newline, and what the agent says
   * @throws AttachFailedException when the JVM refuses or ends
   */
  String ask(String wanted) throws AttachFailedException, InterruptedException {
    String id = UUID.randomUUID().toString();
    load(AgentProperties.REQUEST + id + ":" + wanted);
    while (true) {
      String answer = jvm.agentProperties().getProperty(AgentProperties.ANSWER + id);
      if (answer != null) {
        return answer;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** From the jar that it runs from if possible: that JVM may not see ours, and its class path grows by each new one. */
  private void load(String request) throws AttachFailedException {
    Set<String> jars = new LinkedHashSet<>();
    jars.add(properties.getProperty(AgentProperties.JAR, jar));
    jars.add(jar);
    AttachFailedException failure = null;
    for (String candidate : jars) {
      try {
        jvm.load(candidate, request);
        return;
      } catch (AttachFailedException e) {
        failure = e;
      }
    }
    throw failure;
  }
}
