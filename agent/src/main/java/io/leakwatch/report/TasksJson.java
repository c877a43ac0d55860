package io.leakwatch.report;

import io.leakwatch.tasks.ExecutorTasks;
import io.leakwatch.tasks.RunningTasks;
import io.leakwatch.tasks.TaskCounts;
import io.leakwatch.tasks.TaskView;
import io.leakwatch.tasks.ThreadTasks;
import io.leakwatch.tasks.WaitingTasks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the executors run, as JSON. Changed only by adding to it; what is not known is left out. */
public final class TasksJson {
  private TasksJson() {}

  /** One JSON object on one line, without a newline at its end. */
  public static String format(TaskView view) {
    return JsonWriter.object(json -> fields(json, view));
  }

  /** The fields of the object. */
  static void fields(JsonWriter json, TaskView view) {
    json.objects("executors", view.executors(), executor -> executor(json, executor))
        .field("untoldExecutors", view.untoldExecutors())
        .objects("threads", view.threads(), threads -> threads(json, threads))
        .field("untoldThreads", view.untoldThreads())
        .field("cancelledInQueues", view.cancelledInQueues());
  }

  private static void executor(JsonWriter json, ExecutorTasks executor) {
    json.field("noun", executor.noun())
        .field("name", executor.name())
        .field("createdAt", executor.createdAt())
        .field("executors", executor.executors())
        .field("shutDown", executor.shutDown())
        .field("adopted", executor.adopted())
        .field("threads", executor.threads());
    if (executor.maximum() != Integer.MAX_VALUE) {
      json.field("maximum", executor.maximum());
    }
    TaskCounts counts = executor.counts();
    count(json, "running", counts.running());
    count(json, "waiting", counts.waiting());
    count(json, "scheduled", counts.scheduled());
    count(json, "finished", counts.finished());
    count(json, "failed", counts.failed());
    count(json, "rejected", counts.rejected());
    count(json, "cancelled", counts.cancelled());
    json.objects("runningTasks", executor.running(), tasks -> running(json, tasks))
        .field("untoldRunning", executor.untoldRunning())
        .objects("waitingTasks", executor.waiting(), tasks -> waiting(json, tasks))
        .field("untoldWaiting", executor.untoldWaiting());
  }

  private static void running(JsonWriter json, RunningTasks tasks) {
    json.field("count", tasks.count()).field("task", tasks.task());
    oldest(json, tasks.oldest());
    json.field("thread", tasks.thread())
        .field("state", tasks.state().name())
        .field("at", tasks.at())
        .field("submittedAt", tasks.submittedAt());
  }

  private static void waiting(JsonWriter json, WaitingTasks tasks) {
    json.field("count", tasks.count()).field("task", tasks.task());
    oldest(json, tasks.oldest());
    json.field("submittedAt", tasks.submittedAt());
  }

  private static void threads(JsonWriter json, ThreadTasks threads) {
    json.field("count", threads.count()).field("createdAt", threads.createdAt());
    oldest(json, threads.oldest());
    json.field("state", threads.state().name()).field("at", threads.at());
  }

  private static void count(JsonWriter json, String name, long count) {
    if (count != TaskCounts.UNKNOWN) {
      json.field(name, count);
    }
  }

  private static void oldest(JsonWriter json, @Nullable Duration age) {
    if (age != null) {
      json.field("oldestSeconds", Math.max(0, age.toSeconds()));
    }
  }
}
