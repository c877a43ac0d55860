package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.programs.EveryExecutor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Of executors of each kind it is told who made them, what runs in them and where that was handed in, and how many. */
class TaskAccountIT {
  private static final String PROGRAMS = "integration-tests/src/test/java";
  private static final String PROGRAM = "com.acme.programs.EveryExecutor.";

  /** On a machine of two processors asynchronous stages would have threads of their own. */
  private static final String[] ENOUGH_WORKERS = {
    "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4", "-Xverify:all"
  };

  @OnEveryJdk
  void everyKindOfExecutorIsInTheAccount(JdkUnderTest jdk) throws Exception {
    try (AgentProcess app = AgentJvm.on(jdk).jvmArgs(ENOUGH_WORKERS).main(EveryExecutor.class)) {
      app.awaitLine("all run");
      JsonNode view = settled(jdk, app);

      assertAll(view, true);
      JsonNode bounded = madeAt(view, "bounded", "// made: bounded");
      assertThat(bounded.get("rejected").longValue()).isEqualTo(2);
      assertThat(bounded.get("failed").longValue()).isEqualTo(1);
      assertThat(bounded.get("cancelled").longValue()).isEqualTo(1);
      JsonNode waiting = bounded.get("waitingTasks").get(0);
      assertThat(waiting.get("task").textValue()).isEqualTo(PROGRAM + "waitsInQueue");
      assertThat(waiting.get("count").longValue()).isEqualTo(3);
      assertThat(waiting.get("submittedAt").textValue())
          .startsWith(line("bounded", "// handed in: waiting"));
      assertThat(waiting.get("oldestSeconds").longValue()).isPositive();
      assertThat(
              madeAt(view, "scheduled", "// made: scheduled").get("cancelled").longValue())
          .isEqualTo(1);
      if (jdk.hasVirtualThreads()) {
        assertThat(running(find(view, e -> isKind(e, "thread-per-task executor")))
                .get("submittedAt")
                .textValue())
            .startsWith(line("perTask", "// handed in: per task"));
        assertThat(view.get("threads")).anySatisfy(threads -> {
          assertThat(threads.get("createdAt").textValue())
              .isEqualTo(line("alone", "// made: alone"));
          assertThat(threads.get("count").longValue()).isEqualTo(5);
        });
      }
      assertThat(app.reports())
          .allSatisfy(report -> assertThat(report.agent().hookFailures()).isZero());
    }
  }

  @OnEveryJdk
  void executorsThatWereThereBeforeTheAgentShowTheSameFromThenOn(JdkUnderTest jdk)
      throws Exception {
    try (AgentProcess app =
        AgentJvm.on(jdk).withoutAgent().jvmArgs(ENOUGH_WORKERS).main(EveryExecutor.class)) {
      app.awaitLine("all run");
      attach(jdk, app);

      assertAll(settled(jdk, app), false);
    }
  }

  /** What is true of executors that were seen being made, and of those that were not. */
  private static void assertAll(JsonNode view, boolean seenBeingMade) {
    JsonNode bounded = seenBeingMade
        ? madeAt(view, "bounded", "// made: bounded")
        : find(view, e -> e.get("name").textValue().endsWith("AuditedPool"));
    assertThat(numbers(bounded, "threads", "maximum", "running", "waiting", "finished"))
        .containsExactly(1L, 1L, 1L, 3L, 3L);
    assertThat(running(bounded).get("thread").textValue()).isEqualTo("audited");
    assertRuns(bounded, "bounded1", seenBeingMade ? line("bounded", "// handed in: bounded") : "");

    JsonNode scheduled = find(view, e -> isKind(e, "scheduled executor"));
    assertThat(numbers(scheduled, "running", "waiting", "scheduled")).containsExactly(1L, 1L, 2L);
    assertRuns(
        scheduled, "begin", seenBeingMade ? line("scheduled", "// handed in: scheduled") : "");

    JsonNode forkJoin =
        find(view, e -> isKind(e, "fork-join pool") && e.get("name").textValue().isEmpty());
    assertThat(numbers(forkJoin, "maximum", "running")).containsExactly(1L, 1L);
    assertRuns(
        forkJoin,
        "lambda$forkJoin",
        seenBeingMade ? line("forkJoin", "// handed in: fork-join") : "");

    JsonNode common = find(view, e -> e.get("name").textValue().equals("the common pool"));
    assertThat(common.get("running").longValue()).isBetween(2L, 4L);
    assertThat(common.get("runningTasks"))
        .anySatisfy(
            task -> assertThat(task.get("task").textValue()).startsWith(PROGRAM + "lambda$common"));

    JsonNode timer = find(view, e -> isKind(e, "timer"));
    assertThat(numbers(timer, "running", "scheduled")).containsExactly(1L, 1L);
    assertThat(running(timer).get("task").textValue())
        .startsWith("com.acme.programs.EveryExecutor$")
        .endsWith(".run");
  }

  /** The first running task of an executor. */
  private static void assertRuns(JsonNode executor, String method, String submittedAt) {
    JsonNode task = running(executor);
    assertThat(task.get("task").textValue()).startsWith(PROGRAM + method);
    assertThat(task.get("state").textValue()).isEqualTo("WAITING");
    assertThat(task.get("oldestSeconds").longValue()).isPositive();
    assertThat(task.get("at").textValue()).startsWith(PROGRAM + "await(");
    assertThat(task.get("submittedAt").textValue()).startsWith(submittedAt);
  }

  private static JsonNode running(JsonNode executor) {
    return executor.get("runningTasks").get(0);
  }

  private static boolean isKind(JsonNode executor, String noun) {
    return executor.get("noun").textValue().equals(noun);
  }

  private static JsonNode madeAt(JsonNode view, String method, String mark) {
    String line = line(method, mark);
    return find(view, e -> e.get("createdAt").textValue().equals(line));
  }

  private static JsonNode find(JsonNode view, Predicate<JsonNode> wanted) {
    List<JsonNode> found = StreamSupport.stream(view.get("executors").spliterator(), false)
        .filter(wanted)
        .toList();
    assertThat(found).as(view::toPrettyString).hasSize(1);
    return found.get(0);
  }

  private static List<Long> numbers(JsonNode executor, String... fields) {
    List<Long> numbers = new ArrayList<>();
    for (String field : fields) {
      numbers.add(executor.path(field).asLong(-1));
    }
    return numbers;
  }

  private static String line(String method, String mark) {
    return GuiltyLine.marked(PROGRAMS, PROGRAM + method, mark);
  }

  /** A view in which the tasks are old enough for that to be seen. */
  private static JsonNode settled(JdkUnderTest jdk, AgentProcess app) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> ask(jdk, app),
            view -> StreamSupport.stream(view.get("executors").spliterator(), false)
                .flatMap(e -> StreamSupport.stream(e.get("runningTasks").spliterator(), false))
                .allMatch(task -> task.get("oldestSeconds").longValue() >= 2));
  }

  private static JsonNode ask(JdkUnderTest jdk, AgentProcess app) throws JsonProcessingException {
    try (AgentProcess tasks = AgentJvm.on(jdk)
        .withoutAgent()
        .jar(AgentJvm.AGENT_JAR, "tasks", "" + app.pid(), "--json")) {
      assertThat(tasks.awaitExit()).as(tasks::transcript).isEqualTo(0);
      return new ObjectMapper().readTree(tasks.stdout());
    }
  }

  private static void attach(JdkUnderTest jdk, AgentProcess app) {
    try (AgentProcess attach = AgentJvm.on(jdk)
        .withoutAgent()
        .jar(AgentJvm.AGENT_JAR, "attach", "" + app.pid(), AgentJvm.QUICK)) {
      assertThat(attach.awaitExit()).as(attach::transcript).isEqualTo(0);
    }
  }
}
