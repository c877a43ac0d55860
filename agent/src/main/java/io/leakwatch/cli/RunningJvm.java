package io.leakwatch.cli;

/**
 * A JVM on this host.
 *
 * @param pid its process id
 * @param commandLine main class or jar, then its arguments; empty when unknown
 */
record RunningJvm(long pid, String commandLine) {

  private static final String JAR = ".jar";

  /** The main class or jar alone: arguments may hold secrets. */
  String main() {
    int space = commandLine.indexOf(' ');
    if (space < 0) {
      return commandLine;
    }
    String first = commandLine.substring(0, space);
    int jar = commandLine.indexOf(JAR + " ");
    // A path of a jar may have spaces, the name of a class has no separators.
    boolean isPath = first.indexOf('/') >= 0 || first.indexOf('\\') >= 0;
    if (!isPath) {
      return first;
    }
    if (jar >= 0) {
      return commandLine.substring(0, jar + JAR.length());
    }
    return commandLine.endsWith(JAR) ? commandLine : first;
  }
}
