package io.leakwatch.cli;

import io.leakwatch.text.JsonReader;
import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the open findings of the last report in a file of JSON reports into lines for the file that {@code known} names:
 * what is there already is accepted, and only what is new fails a build.
 */
final class BaselineCommand {
  private final PrintStream out;
  private final PrintStream err;

  BaselineCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Writes the lines to the standard output.
   *
   * @param file what {@code json} has written
   * @param expires the last day on which they count, as YYYY-MM-DD; {@code null} for ever
   * @return whether there was a report
   */
  boolean write(String file, @Nullable String expires) {
    Map<?, ?> report;
    try {
      report = lastReport(file);
    } catch (NoSuchFileException e) {
      return refuse(file, "does not exist");
    } catch (InvalidPathException e) {
      return refuse(file, "is no name of a file");
    } catch (UncheckedIOException e) {
      return refuse(file, "cannot be read: " + reason(e.getCause()));
    } catch (IOException e) {
      return refuse(file, "cannot be read: " + reason(e));
    }
    if (report == null) {
      return refuse(file, "holds no report: it must be a file that the option json has written");
    }
    List<String> lines = lines(report, expires);
    out.println("# findings known from the report of " + text(report.get("time"))
        + ": delete what is repaired, say why the rest is accepted");
    lines.forEach(out::println);
    err.println("leakwatch: " + lines.size() + (lines.size() == 1 ? " finding" : " findings")
        + " taken from report " + number(report.get("sequence")) + " of " + PlainText.of(file));
    return true;
  }

  /** The last line that is a report. The one behind it may be incomplete: its JVM was killed. */
  private static @Nullable Map<?, ?> lastReport(String file) throws IOException {
    Map<?, ?> last = null;
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      for (String line : (Iterable<String>) lines::iterator) {
        Map<?, ?> report = report(line);
        last = report == null ? last : report;
      }
    }
    return last;
  }

  private static @Nullable Map<?, ?> report(String line) {
    // The whole file may be large: the little that a report begins with is looked at first.
    if (!line.startsWith("{\"schema\":")) {
      return null;
    }
    try {
      return JsonReader.read(line) instanceof Map<?, ?> report
              && report.get("findings") instanceof List<?>
          ? report
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static List<String> lines(Map<?, ?> report, @Nullable String expires) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (report.get("findings") instanceof List<?> findings) {
      for (Object each : findings) {
        if (each instanceof Map<?, ?> finding && isOpen(finding)) {
          String fingerprint = text(finding.get("fingerprint"));
          lines.put(
              fingerprint,
              fingerprint + (expires == null ? "" : " expires=" + expires) + " "
                  + text(finding.get("kind")) + " " + suspect(finding));
        }
      }
    }
    return new ArrayList<>(lines.values());
  }

  private static boolean isOpen(Map<?, ?> finding) {
    String state = text(finding.get("state"));
    return state.equals("NEW") || state.equals("ONGOING");
  }

  private static String suspect(Map<?, ?> finding) {
    return finding.get("suspects") instanceof List<?> suspects && !suspects.isEmpty()
        ? text(suspects.get(0))
        : text(finding.get("summary"));
  }

  private static String text(@Nullable Object value) {
    return value instanceof String string ? PlainText.of(string) : "unknown";
  }

  private static String number(@Nullable Object value) {
    return value instanceof Double number ? Long.toString(number.longValue()) : "unknown";
  }

  private boolean refuse(String file, String why) {
    err.println("leakwatch: " + PlainText.quote(file) + " " + why);
    return false;
  }

  private static String reason(@Nullable Throwable e) {
    return e instanceof CharacterCodingException
        ? "it is not UTF-8"
        : PlainText.of(String.valueOf(e == null ? null : e.getMessage()));
  }
}
