package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.ConfigParser;
import io.leakwatch.text.PlainText;
import java.io.File;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;

/** The commands of {@code java -jar leakwatch.jar}. Whatever is wrong is said in one line on {@code err}. */
public final class CommandLine {

  /** The command did what it was asked. */
  static final int OK = 0;

  /** It could not. */
  static final int FAILED = 1;

  /** It was called wrongly. */
  static final int USAGE = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<JvmAttach> attach;
  private final String jarPath;
  private final PrintStream out;
  private final PrintStream err;

  CommandLine(Supplier<JvmAttach> attach, String jarPath, PrintStream out, PrintStream err) {
    this.attach = attach;
    this.jarPath = jarPath;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs one command.
   *
   * @param args the command and its arguments; none means help
   * @param jarPath the agent's jar, which attach loads
   * @return the exit status: 0 done, 1 failed, 2 called wrongly
   */
  public static int run(String[] args, String jarPath, PrintStream out, PrintStream err) {
    // Not before a command needs it: its class cannot be linked without the module jdk.attach.
    return new CommandLine(() -> new JdkAttach(), jarPath, out, err).run(args);
  }

  int run(String... args) {
    String command = args.length == 0 ? "help" : args[0];
    try {
      return switch (command) {
        case "help", "--help", "-h" -> help();
        case "list" -> list(args);
        case "attach" -> attach(args);
        default ->
          misused(
              "unknown command " + PlainText.quote(command) + "; there are list, attach and help");
      };
    } catch (NoClassDefFoundError e) {
      if (!String.valueOf(e.getMessage()).contains("com/sun/tools/attach")) {
        throw e;
      }
      return failed("the Java runtime in "
          + System.getProperty("java.home")
          + " lacks the module jdk.attach; run this command with a full JDK");
    }
  }

  private int help() {
    HelpText.lines().forEach(out::println);
    return OK;
  }

  private int list(String[] args) {
    if (args.length > 1) {
      return misused("list takes no arguments, but got " + PlainText.quote(args[1]));
    }
    List<String> lines = new JvmTable(attach.get(), PATIENCE).lines();
    if (lines.isEmpty()) {
      out.println("no other JVM of this user runs here");
    }
    lines.forEach(out::println);
    return OK;
  }

  private int attach(String[] args) {
    if (args.length < 2) {
      return misused("attach needs a process id: attach PID [OPTIONS]; list shows the JVMs");
    }
    if (args.length > 3) {
      return misused("attach takes its options as one text, such as interval=1s,log=leaks.log,"
          + " but got "
          + PlainText.quote(String.join(" ", Arrays.asList(args).subList(2, args.length))));
    }
    if (!args[1].matches("[1-9][0-9]{0,9}")) {
      return misused(PlainText.quote(args[1]) + " is not a process id; list shows the JVMs");
    }
    String options = args.length == 3 ? args[2] : "";
    List<String> problems = ConfigParser.problemsOf(options);
    if (!problems.isEmpty()) {
      problems.forEach(this::complain);
      return USAGE;
    }
    return attach(Long.parseLong(args[1]), options);
  }

  private int attach(long pid, String options) {
    String jar = new File(jarPath).getAbsolutePath();
    // The JVM takes what follows the first = for options.
    if (jar.indexOf('=') >= 0) {
      return failed("a JVM cannot load an agent from a path with = in it: " + PlainText.of(jar));
    }
    try (AttachedJvm jvm = attach.get().attach(pid)) {
      String version = jvm.agentProperties().getProperty(AgentProperties.VERSION);
      if (version != null) {
        return failed("Leakwatch "
            + PlainText.of(version)
            + " already runs in JVM "
            + pid
            + "; nothing was done");
      }
      jvm.load(jar, options);
      return report(pid, jvm.agentProperties());
    } catch (AttachFailedException e) {
      return failed(String.valueOf(e.getMessage()));
    }
  }

  /** The JVM says that the agent was loaded; whether it runs, only the agent can say. */
  private int report(long pid, Properties properties) {
    String version = properties.getProperty(AgentProperties.VERSION);
    if (version == null) {
      return failed("Leakwatch did not start in JVM " + pid + ", whose standard error says why");
    }
    // The agent knows best: that JVM's own properties, environment and config file count, too.
    String log = properties.getProperty(AgentProperties.LOG, AgentConfig.STDERR);
    out.println("Leakwatch "
        + PlainText.of(version)
        + " now watches JVM "
        + pid
        + "; its report goes to "
        + destination(log));
    return OK;
  }

  private static String destination(String log) {
    return switch (log) {
      case AgentConfig.STDERR -> "the standard error of that JVM";
      case AgentConfig.STDOUT -> "the standard output of that JVM";
      default -> PlainText.of(log);
    };
  }

  private int misused(String what) {
    complain(what);
    return USAGE;
  }

  private int failed(String what) {
    complain(what);
    return FAILED;
  }

  private void complain(String what) {
    err.println("leakwatch: " + what);
  }
}
