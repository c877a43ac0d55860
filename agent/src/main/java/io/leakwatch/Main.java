package io.leakwatch;

import java.io.File;
import java.io.PrintStream;

/** {@code java -jar leakwatch.jar}: the command line, which lives behind the isolated class loader like the agent. */
public final class Main {
  private Main() {}

  /** Runs one command; the exit status is 0 when it worked, 1 when it failed, 2 when it was called wrongly. */
  public static void main(String[] args) throws Exception {
    File jar = AgentJar.locate();
    // No application to stay away from here, and the attach API is visible to the system class
    // loader only.
    AgentClassLoader loader = new AgentClassLoader(jar, ClassLoader.getSystemClassLoader());
    Object status = loader
        .loadClass("io.leakwatch.cli.CommandLine")
        .getMethod("run", String[].class, String.class, PrintStream.class, PrintStream.class)
        .invoke(null, args, jar.getPath(), System.out, System.err);
    System.exit((Integer) status);
  }
}
