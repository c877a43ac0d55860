package io.leakwatch.cli;

/**
 * What a running agent says about itself in its JVM's agent properties ({@code jdk.internal.vm.VMSupport}), and this
 * command line reads from outside.
 */
public final class AgentProperties {

  /** Its version. Set once the agent runs and before its start returns; its absence means that no agent runs. */
  public static final String VERSION = "leakwatch.agent";

  /** Where its report goes: {@code stderr}, {@code stdout} or the absolute path of a file. */
  public static final String LOG = "leakwatch.log";

  private AgentProperties() {}
}
