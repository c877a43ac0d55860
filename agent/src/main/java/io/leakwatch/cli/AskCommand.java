package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.text.PlainText;
import java.io.PrintStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** {@code tasks} and {@code report}: asks the agent in a JVM, and says what it answers. */
final class AskCommand {
  private final JvmAttach attach;
  private final String jar;
  private final String version;
  private final Patience patience;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A command that asks.
   *
   * @param jar absolute path of this command line's jar
   * @param version of this command line
   */
  AskCommand(
      JvmAttach attach,
      String jar,
      String version,
      Patience patience,
      PrintStream out,
      PrintStream err) {
    this.attach = attach;
    this.jar = jar;
    this.version = version;
    this.patience = patience;
    this.out = out;
    this.err = err;
  }

  /**
   * Asks.
   *
   * @param wanted such as {@link AgentProperties#TASKS}
   * @param startsAgent whether an agent is started where there is none
   * @return the exit status
   */
  int ask(long pid, String wanted, boolean startsAgent) {
    return ask(pid, wanted, startsAgent, this::print);
  }

  /**
   * Asks.
   *
   * @param say is given what the agent has answered, and returns the exit status
   */
  int ask(long pid, String wanted, boolean startsAgent, ToIntFunction<String> say) {
    try (AttachedJvm jvm = await(pid, () -> attach.attach(pid))) {
      Properties properties = await(pid, jvm::agentProperties);
      if (running(properties) == null) {
        if (!startsAgent) {
          return failed("Leakwatch does not run in JVM "
              + pid
              + "; java -jar leakwatch.jar attach "
              + pid
              + " starts it");
        }
        properties = await(pid, () -> {
          jvm.load(jar, "");
          return jvm.agentProperties();
        });
        if (running(properties) == null) {
          return failed(CommandLine.notStarted(pid));
        }
        complain("Leakwatch did not run in JVM "
            + pid
            + ": it is attached now, and its report goes to "
            + AgentProperties.inWords(
                properties.getProperty(AgentProperties.LOG, AgentConfig.STDERR)));
      }
      String running = running(properties);
      if (!version.equals(running)) {
        return failed(otherVersion(pid, String.valueOf(running), properties));
      }
      RunningAgent agent = new RunningAgent(jvm, properties, jar);
      String answer = await(pid, () -> agent.ask(wanted));
      String text = answer.substring(answer.indexOf('\n') + 1);
      return answer.startsWith(AgentProperties.OK + "\n")
          ? say.applyAsInt(text)
          : failed(PlainText.of(text));
    } catch (AttachFailedException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      return failed("no answer from JVM "
          + pid
          + " within "
          + patience.inWords()
          + "; it may be stopped, or have no processor to run on");
    }
  }

  private <T> T await(long pid, Callable<T> work) throws AttachFailedException, TimeoutException {
    return patience.await(
        work, () -> complain("waiting for JVM " + pid + ", up to " + patience.inWords()));
  }

  private int print(String text) {
    // As it is: the agent has made it fit for a log.
    out.print(text);
    out.flush();
    return CommandLine.OK;
  }

  private String otherVersion(long pid, String running, Properties properties) {
    String itsJar = properties.getProperty(AgentProperties.JAR);
    return "Leakwatch "
        + PlainText.of(running)
        + " runs in JVM "
        + pid
        + ", and this is "
        + version
        + "; ask with the jar of that version"
        + (itsJar == null ? "" : ", which that JVM has loaded from " + PlainText.of(itsJar));
  }

  private static @Nullable String running(Properties properties) {
    return properties.getProperty(AgentProperties.VERSION);
  }

  private int failed(String what) {
    complain(what);
    return CommandLine.FAILED;
  }

  private void complain(String what) {
    err.println("leakwatch: " + what);
  }
}
