package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.config.AgentConfig;
import io.leakwatch.config.ConfigParser;
import io.leakwatch.text.PlainText;
import java.io.File;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
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

  private static final Duration PATIENCE_WITH_LIST = Duration.ofSeconds(5);
  private static final Duration PATIENCE_WITH_COLLECTOR = Duration.ofMinutes(5);
  private static final Duration PATIENCE_WITH_AGENT = Duration.ofSeconds(15);

  private final Supplier<JvmAttach> attach;
  private final String jarPath;
  private final String version;
  private final Patience patience;
  private final PrintStream out;
  private final PrintStream err;

  CommandLine(
      Supplier<JvmAttach> attach,
      String jarPath,
      String version,
      Patience patience,
      PrintStream out,
      PrintStream err) {
    this.attach = attach;
    this.jarPath = jarPath;
    this.version = version;
    this.patience = patience;
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
    Patience patience = new Patience(PATIENCE_WITH_AGENT);
    return new CommandLine(
            () -> new JdkAttach(), jarPath, AgentVersion.current(), patience, out, err)
        .run(args);
  }

  int run(String... args) {
    String command = args.length == 0 ? "help" : args[0];
    try {
      return switch (command) {
        case "help", "--help", "-h" -> help();
        case "list" -> list(args);
        case "attach" -> attach(args);
        case "tasks" -> tasks(args);
        case "report" -> report(args);
        case "baseline" -> baseline(args);
        case "prove" -> prove(args);
        default ->
          misused("unknown command " + PlainText.quote(command)
              + "; there are list, attach, tasks, report, prove, baseline and help");
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
    List<String> lines = new JvmTable(attach.get(), PATIENCE_WITH_LIST).lines();
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
    if (!isProcessId(args[1])) {
      return misused(noProcessId(args[1]));
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
    String jar = jar();
    if (isUnloadable(jar)) {
      return failed(unloadable(jar));
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

  private int tasks(String[] args) {
    boolean json = args.length == 3 && args[2].equals("--json");
    if (args.length < 2) {
      return misused("tasks needs a process id: tasks PID [--json]; list shows the JVMs");
    }
    if (args.length > 2 && !(json && args.length == 3)) {
      return misused(
          "tasks takes a process id and --json, but got " + PlainText.quote(args[args.length - 1]));
    }
    return ask(args[1], json ? AgentProperties.TASKS_JSON : AgentProperties.TASKS, true);
  }

  private int report(String[] args) {
    if (args.length < 2) {
      return misused("report needs a process id: report PID; list shows the JVMs");
    }
    if (args.length > 2) {
      return misused("report takes a process id alone, but got " + PlainText.quote(args[2]));
    }
    return ask(args[1], AgentProperties.REPORT, false);
  }

  private int baseline(String[] args) {
    boolean expires = args.length == 4 && args[2].equals("--expires");
    if (args.length != 2 && !expires) {
      return misused("baseline needs a file of JSON reports: baseline REPORTS.json"
          + " [--expires YYYY-MM-DD]");
    }
    if (expires && !isDay(args[3])) {
      return misused("--expires needs a day such as 2026-12-31, not " + PlainText.quote(args[3]));
    }
    return new BaselineCommand(out, err).write(args[1], expires ? args[3] : null) ? OK : FAILED;
  }

  private int prove(String[] args) {
    if (isUnloadable(jar()) && Arrays.asList(args).contains("--cycle")) {
      return failed(unloadable(jar()));
    }
    try {
      ProveOptions options = ProveOptions.parse(args);
      if (options.cycle()) {
        Patience collecting = new Patience(PATIENCE_WITH_COLLECTOR);
        AskCommand ask = new AskCommand(attach.get(), jar(), version, collecting, out, err);
        return new CycleCommand(attach.get(), ask, options, System.in, out, err).run();
      }
      AgentJoin agent = new AgentJoin(jar(), version, patience, err);
      return new ProveCommand(attach, agent, System.in, out, err, ProgressLine.onTerminal())
          .run(options);
    } catch (ProveOptions.MisusedException e) {
      return misused(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isDay(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      return day.toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private int ask(String pid, String wanted, boolean startsAgent) {
    if (!isProcessId(pid)) {
      return misused(noProcessId(pid));
    }
    String jar = jar();
    if (isUnloadable(jar)) {
      return failed(unloadable(jar));
    }
    return new AskCommand(attach.get(), jar, version, patience, out, err)
        .ask(Long.parseLong(pid), wanted, startsAgent);
  }

  private static boolean isProcessId(String text) {
    return text.matches("[1-9][0-9]{0,9}");
  }

  private static String noProcessId(String text) {
    return PlainText.quote(text) + " is not a process id; list shows the JVMs";
  }

  private String jar() {
    return new File(jarPath).getAbsolutePath();
  }

  /** The JVM takes what follows the first = for options. */
  private static boolean isUnloadable(String jar) {
    return jar.indexOf('=') >= 0;
  }

  private static String unloadable(String jar) {
    return "a JVM cannot load an agent from a path with = in it: " + PlainText.of(jar);
  }

  /** What is said when the agent was loaded and does not run. */
  static String notStarted(long pid) {
    return "Leakwatch did not start in JVM " + pid + ", whose standard error says why";
  }

  /** The JVM says that the agent was loaded; whether it runs, only the agent can say. */
  private int report(long pid, Properties properties) {
    String version = properties.getProperty(AgentProperties.VERSION);
    if (version == null) {
      return failed(notStarted(pid));
    }
    // The agent knows best: that JVM's own properties, environment and config file count, too.
    String log = properties.getProperty(AgentProperties.LOG, AgentConfig.STDERR);
    out.println("Leakwatch "
        + PlainText.of(version)
        + " now watches JVM "
        + pid
        + "; its report goes to "
        + AgentProperties.inWords(log));
    return OK;
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
