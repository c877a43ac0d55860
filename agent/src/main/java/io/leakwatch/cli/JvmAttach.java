package io.leakwatch.cli;

import java.util.List;
import java.util.Properties;

/** The part of the JVM's attach mechanism that the command line needs. */
interface JvmAttach {

  /** The JVMs that are visible to this user, without this one, by process id. */
  List<RunningJvm> list();

  /**
   * Connects to a JVM.
   *
   * @throws AttachFailedException when it cannot be reached; the message tells the user why
   */
  AttachedJvm attach(long pid) throws AttachFailedException;

  /** A connection to a JVM. */
  interface AttachedJvm extends AutoCloseable {

    /**
     * What the agents in that JVM say about themselves.
     *
     * @throws AttachFailedException when the JVM does not answer
     */
    Properties agentProperties() throws AttachFailedException;

    /**
     * Loads an agent and returns when it has started.
     *
     * @param jar absolute path of its jar
     * @throws AttachFailedException when the JVM refuses it or it fails to start
     */
    void load(String jar, String options) throws AttachFailedException;

    /**
     * Has the JVM run a diagnostic command, as the JDK's {@code jcmd} does.
     *
     * @param line the command and its arguments, such as {@code Thread.print}
     * @return what it says
     * @throws AttachFailedException when the JVM does not answer or refuses
     */
    String command(String line) throws AttachFailedException;

    @Override
    void close();
  }

  /** A JVM could not be reached or refused; the message is one line for the user. */
  final class AttachFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    AttachFailedException(String message) {
      super(message);
    }
  }
}
