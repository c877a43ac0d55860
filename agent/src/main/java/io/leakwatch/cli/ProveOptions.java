package io.leakwatch.cli;

import io.leakwatch.config.NamePattern;
import io.leakwatch.text.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code prove} was asked for.
 *
 * @param target a process id or the path of a heap dump
 * @param yes whether nobody is asked before the JVM is paused
 * @param json the file that gets the report as JSON; {@code null} for none
 * @param allThreads whether all threads of a finding are named
 * @param why the thread about which it is to be said what keeps it; {@code null} for none
 * @param minAge how long a thread must have been standing still
 * @param folder where the dump is written; {@code null} for the system's folder for temporary files
 * @param twice whether the heap is dumped at the first look, too, which confirms what is found of virtual threads
 * @param cycle whether the JVM's own collector is to prove it, in place of a heap dump
 * @param live whether the JVM collects garbage first, for a smaller dump
 * @param redact what is not written into the report
 */
record ProveOptions(
    String target,
    boolean yes,
    @Nullable String json,
    boolean allThreads,
    @Nullable String why,
    Duration minAge,
    @Nullable String folder,
    boolean twice,
    boolean live,
    boolean cycle,
    List<NamePattern> redact) {

  static final String FORM = "prove PID|FILE.hprof [--yes] [--json FILE] [--all-threads]"
      + " [--why THREAD] [--min-age 60s] [--twice] [--dir FOLDER] [--live] [--redact PATTERNS]; or prove --cycle PID [--yes] [--json FILE]";

  private static final Duration DEFAULT_MIN_AGE = Duration.ofSeconds(60);
  private static final Set<String> OF_DUMPS =
      Set.of("--all-threads", "--live", "--twice", "--why", "--dir", "--min-age", "--redact");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");

  ProveOptions {
    redact = List.copyOf(redact);
  }

  /** They cannot be understood; the message is one line. */
  static final class MisusedException extends Exception {
    private static final long serialVersionUID = 1L;

    MisusedException(String message) {
      super(message);
    }
  }

  /** Reads the arguments, of which the first is the command itself. */
  static ProveOptions parse(String... args) throws MisusedException {
    List<String> targets = new ArrayList<>();
    boolean yes = false;
    boolean allThreads = false;
    boolean live = false;
    boolean twice = false;
    boolean cycle = false;
    List<String> ofDumps = new ArrayList<>();
    String json = null;
    String why = null;
    String folder = null;
    Duration minAge = DEFAULT_MIN_AGE;
    List<NamePattern> redact = List.of();
    for (int i = 1; i < args.length; i++) {
      if (OF_DUMPS.contains(args[i])) {
        ofDumps.add(args[i]);
      }
      switch (args[i]) {
        case "--yes" -> yes = true;
        case "--all-threads" -> allThreads = true;
        case "--cycle" -> cycle = true;
        case "--live" -> live = true;
        case "--twice" -> twice = true;
        case "--json" -> json = value(args, i++, "a file");
        case "--why" -> why = value(args, i++, "the name or the number of a thread");
        case "--dir" -> folder = value(args, i++, "a folder");
        case "--min-age" -> minAge = duration(value(args, i++, "a duration such as 60s or 5m"));
        case "--redact" -> redact = patterns(args, i++);
        default -> {
          if (args[i].startsWith("--")) {
            throw new MisusedException(
                "prove has no option " + PlainText.quote(args[i]) + ": " + FORM);
          }
          targets.add(args[i]);
        }
      }
    }
    if (targets.isEmpty()) {
      throw new MisusedException("prove needs a process id or a heap dump: " + FORM);
    } else if (targets.size() > 1) {
      throw new MisusedException("prove takes one process id or heap dump, but got also "
          + PlainText.quote(targets.get(1)));
    }
    ProveOptions options = new ProveOptions(
        targets.get(0), yes, json, allThreads, why, minAge, folder, twice, live, cycle, redact);
    if (cycle && !options.isProcess()) {
      throw new MisusedException(
          "--cycle needs the process id of a running JVM, not " + PlainText.quote(targets.get(0)));
    } else if (cycle && !ofDumps.isEmpty()) {
      throw new MisusedException("--cycle takes no heap dump, and so no " + ofDumps.get(0));
    }
    return options;
  }

  /** Whether the target is a running JVM; a file with a name of digits is written ./123. */
  boolean isProcess() {
    return target.matches("[1-9][0-9]{0,9}");
  }

  /** The same, with more that is not written. */
  ProveOptions redacting(List<NamePattern> more) {
    List<NamePattern> all = new ArrayList<>(redact);
    all.addAll(more);
    return new ProveOptions(
        target, yes, json, allThreads, why, minAge, folder, twice, live, cycle, all);
  }

  private static List<NamePattern> patterns(String[] args, int option) throws MisusedException {
    String form = "patterns with * and ?, separated by ;";
    List<NamePattern> patterns = NamePattern.listOf(value(args, option, form));
    if (patterns.isEmpty()) {
      throw new MisusedException("--redact needs " + form);
    }
    return patterns;
  }

  private static String value(String[] args, int option, String form) throws MisusedException {
    if (option + 1 >= args.length) {
      throw new MisusedException(args[option] + " needs " + form);
    }
    return args[option + 1];
  }

  private static Duration duration(String text) throws MisusedException {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new MisusedException(
          "--min-age needs a duration such as 500ms, 60s, 5m or 1h, not " + PlainText.quote(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
