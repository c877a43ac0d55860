package io.leakwatch.cli;

import java.util.Properties;

/** Does what the command line expects of the agent: says that it runs, and with which options. */
public final class StubAgent {
  private StubAgent() {}

  public static void agentmain(String options) throws ReflectiveOperationException {
    if (options.contains("settle=99")) {
      return;
    }
    Properties properties = (Properties) Class.forName("jdk.internal.vm.VMSupport")
        .getMethod("getAgentProperties")
        .invoke(null);
    properties.setProperty("leakwatch.agent", "1.2.3 (" + options + ")");
    properties.setProperty("leakwatch.log", "stdout");
  }
}
