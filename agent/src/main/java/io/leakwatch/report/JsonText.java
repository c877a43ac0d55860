package io.leakwatch.report;

import io.leakwatch.finding.Finding;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.TrackedFinding;
import io.leakwatch.tasks.TaskView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A report as one JSON object on one line. Names and order of the fields are a contract with those who read it: it is
 * changed only by adding to it. Thread-safe: it holds no state.
 */
public final class JsonText {
  static final int SCHEMA = 1;

  private JsonText() {}

  /** The report as one line of JSON, without a newline at its end. */
  public static String format(LeakReport report) {
    return JsonWriter.object(json -> report(json, report));
  }

  private static void report(JsonWriter json, LeakReport report) {
    LeakReport.Jvm jvm = report.jvm();
    LeakReport.Threads threads = report.threads();
    LeakReport.Executors executors = report.executors();
    LeakReport.Agent agent = report.agent();
    json.field("schema", SCHEMA)
        .field("time", time(report.time()))
        .field("sequence", report.sequence())
        .field("reason", report.reason().name().toLowerCase(Locale.ROOT))
        .object(
            "jvm",
            object -> object
                .field("pid", jvm.pid())
                .field("version", jvm.version())
                .field("uptimeSeconds", jvm.uptime().toSeconds()))
        .object(
            "threads",
            object -> object
                .field("platform", threads.platform())
                .field("virtual", threads.virtual())
                .field("baseline", threads.baseline())
                .field("startedTotal", threads.startedTotal()))
        .object(
            "executors",
            object -> object
                .field("live", executors.live())
                .field("shutDownNotTerminated", executors.shutDownNotTerminated())
                .field("activeTasks", executors.activeTasks())
                .field("queuedTasks", executors.queuedTasks()))
        .object(
            "agent",
            object -> object
                .field("cpuMillis", agent.cpuMillis())
                .field("heapBytes", agent.heapBytes())
                .field("hookFailures", agent.hookFailures())
                .field("dropped", agent.dropped()))
        .objects("findings", report.findings(), tracked -> finding(json, tracked));
    if (!report.gone().isEmpty()) {
      json.field("gone", report.gone());
    }
    TaskView tasks = report.tasks();
    if (tasks != null) {
      json.object("tasks", object -> TasksJson.fields(object, tasks));
    }
  }

  private static void finding(JsonWriter json, TrackedFinding tracked) {
    finding(json, tracked, tracked.finding().threadNames());
  }

  /** The fields of one finding, with other names of threads than its own. */
  static void finding(JsonWriter json, TrackedFinding tracked, List<String> threadNames) {
    Finding finding = tracked.finding();
    json.field("fingerprint", finding.fingerprint())
        .field("kind", finding.kind().name())
        .field("verdict", tracked.verdict().name())
        .field("state", tracked.state().name())
        .field("count", finding.count())
        .field("growthPerMinute", finding.growthPerMinute())
        .field("firstSeen", time(tracked.firstSeen()))
        .field("oldestSeconds", finding.oldest().toSeconds())
        .field("suspects", finding.suspects())
        .field("summary", finding.summary())
        .field("evidence", finding.evidence())
        .field("advice", finding.advice())
        .field("threadNames", threadNames)
        .field("createdAt", finding.createdAt())
        .field("waitingAt", finding.waitingAt())
        .field("known", tracked.known())
        .field("threads", finding.threads())
        .objects(
            "stacks",
            finding.stacks(),
            group -> json.field("count", group.count())
                .field("title", group.title())
                .field("createdAt", group.createdAt())
                .field("waitingAt", group.waitingAt()));
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
