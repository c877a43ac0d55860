package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.TrackedFinding;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says the final findings as workflow commands of GitHub Actions, which shows them beside the guilty lines. To standard
 * error: a test runner may talk to its JVMs over standard output, and GitHub reads both.
 *
 * <p>A frame tells package and file name; where the file is in the repository is looked up in the usual source folders of
 * the working folder.
 */
public final class GithubReporter implements Reporter {
  private static final Pattern FRAME = Pattern.compile(
      "(?<method>[^(]+)\\((?<file>[^:()]+\\.(?:java|kt|groovy|scala)):(?<line>\\d+)\\)");
  private static final List<String> SOURCES = List.of(
      "src/test/java",
      "src/main/java",
      "src/test/kotlin",
      "src/main/kotlin",
      "src/it/java",
      "src/integrationTest/java",
      "src/test/groovy",
      "src/test/scala");

  private final LineOutput output;
  private final File workingFolder;
  private final @Nullable String repository;
  private final Predicate<TrackedFinding> fails;
  private final LogText text = new LogText(false);

  GithubReporter(
      LineOutput output,
      File workingFolder,
      @Nullable String repository,
      Predicate<TrackedFinding> fails) {
    this.output = output;
    this.workingFolder = workingFolder;
    this.repository = repository;
    this.fails = fails;
  }

  /**
   * To standard error.
   *
   * @param fails whether a finding changes the exit status: then it is an error, else a warning
   */
  public static GithubReporter toStandardError(Predicate<TrackedFinding> fails) {
    return new GithubReporter(
        LineOutput.standardError(),
        new File("").getAbsoluteFile(),
        System.getenv("GITHUB_WORKSPACE"),
        fails);
  }

  @Override
  public void report(LeakReport report) throws IOException {
    if (report.reason() != Reason.FINAL) {
      return;
    }
    StringBuilder commands = new StringBuilder();
    for (TrackedFinding tracked : report.findings()) {
      if (tracked.state().isOpen() && !tracked.known()) {
        commands.append(command(tracked)).append('\n');
      }
    }
    if (!commands.isEmpty()) {
      output.append(commands.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {}

  private String command(TrackedFinding tracked) {
    Finding finding = tracked.finding();
    StringBuilder command = new StringBuilder(fails.test(tracked) ? "::error " : "::warning ");
    if (!finding.suspects().isEmpty()) {
      Matcher frame = FRAME.matcher(finding.suspects().get(0));
      if (frame.matches()) {
        String file = path(packageFolder(frame.group("method")) + frame.group("file"));
        command.append("file=").append(property(file));
        command.append(",line=").append(frame.group("line")).append(',');
      }
    }
    String title = "Leakwatch: " + finding.kind().title() + " [" + finding.fingerprint() + "]";
    return command
        .append("title=")
        .append(property(title))
        .append("::")
        .append(message(text.format(tracked)))
        .toString();
  }

  private String path(String source) {
    for (String folder : SOURCES) {
      File file = new File(new File(workingFolder, folder), source);
      if (file.isFile()) {
        return inRepository(file.getPath());
      }
    }
    return source;
  }

  private String inRepository(String path) {
    return repository != null && path.startsWith(repository + File.separator)
        ? path.substring(repository.length() + 1)
        : path;
  }

  /** {@code com/acme/} of {@code com.acme.Orders.load}. */
  private static String packageFolder(String method) {
    int methodDot = method.lastIndexOf('.');
    int classDot = methodDot < 0 ? -1 : method.lastIndexOf('.', methodDot - 1);
    return classDot < 0 ? "" : method.substring(0, classDot + 1).replace('.', '/');
  }

  private static String message(String value) {
    return value.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String value) {
    return message(value).replace(":", "%3A").replace(",", "%2C");
  }
}
