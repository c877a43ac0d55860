package io.leakwatch.report;

import io.leakwatch.finding.ThreadOrigin;
import io.leakwatch.text.NumberRanges;
import java.util.List;

/** What an account knows of threads, as JSON; the command line reads it. Thread-safe: it holds no state. */
public final class OriginsJson {
  private OriginsJson() {}

  /** One JSON object on one line, without a newline at its end. */
  public static String format(List<ThreadOrigin> origins) {
    return JsonWriter.object(
        json -> json.objects("origins", origins, origin -> origin(json, origin)));
  }

  private static void origin(JsonWriter json, ThreadOrigin origin) {
    json.numbers("threads", NumberRanges.format(origin.threads()))
        .field("ageSeconds", origin.age().toSeconds())
        .field("suspects", origin.suspects())
        .field("createdAt", origin.createdAt());
    ThreadOrigin.Executor executor = origin.executor();
    if (executor != null) {
      json.object("executor", fields -> executor(fields, executor));
    }
    json.field("fingerprints", origin.fingerprints());
  }

  /** The fields of an executor. */
  static void executor(JsonWriter json, ThreadOrigin.Executor executor) {
    json.field("noun", executor.noun())
        .field("suspects", executor.suspects())
        .field("createdAt", executor.createdAt());
  }
}
