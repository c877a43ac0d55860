package io.leakwatch.cli;

/** The command line in a JVM of its own. */
final class CommandLineProgram {
  private CommandLineProgram() {}

  public static void main(String[] args) {
    System.exit(CommandLine.run(args, "leakwatch.jar", System.out, System.err));
  }
}
