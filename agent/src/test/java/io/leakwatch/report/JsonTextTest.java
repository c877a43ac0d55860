package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leakwatch.finding.FindingBuilder;
import io.leakwatch.finding.FindingState;
import io.leakwatch.finding.LeakReport;
import io.leakwatch.finding.LeakReport.Reason;
import io.leakwatch.finding.StackGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void writesEveryFieldInTheOrderOfTheContract() {
    LeakReport report = ReportBuilder.healthy()
        .agent(1, 2)
        .finding(
            FindingState.ONGOING,
            FindingBuilder.executors()
                .threads(142)
                .createdAt(List.of("a.B.c(B.java:1)", "a.B.d(B.java:2)"))
                .waitingAt(List.of("e.F.g(F.java:3)"))
                .stacks(new StackGroup(
                    5, "5 threads", List.of("h.I.j(I.java:4)"), List.of("k.L.m(L.java:5)")))
                .build())
        .build();
    assertThat(JsonText.format(report)).isEqualTo("""
            {"schema":1,"time":"2026-01-31T12:00:00Z","sequence":7,"reason":"periodic",\
            "jvm":{"pid":4711,"version":"25.0.3","uptimeSeconds":812},\
            "threads":{"platform":41,"virtual":1830,"baseline":95,"startedTotal":120034},\
            "executors":{"live":12,"shutDownNotTerminated":0,"activeTasks":4,"queuedTasks":0},\
            "agent":{"cpuMillis":35,"heapBytes":1200000,"hookFailures":1,"dropped":2},\
            "findings":[{"fingerprint":"7f3a9c21b0d4","kind":"EXECUTOR_NEVER_SHUT_DOWN",\
            "verdict":"CONFIRMED","state":"ONGOING","count":143,"growthPerMinute":12.0,\
            "firstSeen":"2026-01-31T11:48:08Z","oldestSeconds":712,\
            "suspects":["com.acme.QuoteService.quote(QuoteService.java:42)"],\
            "summary":"143 executors made in QuoteService.quote, none shut down",\
            "evidence":["0 of 143 shut down","low-water mark rose in 14 of 14 samples",\
            "no task for 60 s"],\
            "advice":"close it where it is made (try-with-resources on 19+), or make it once and \
            share it",\
            "threadNames":["pool-143-thread-1"],\
            "createdAt":["a.B.c(B.java:1)","a.B.d(B.java:2)"],"waitingAt":["e.F.g(F.java:3)"],\
            "known":false,"threads":142,"stacks":[{"count":5,"title":"5 threads",\
            "createdAt":["h.I.j(I.java:4)"],"waitingAt":["k.L.m(L.java:5)"]}]}]}""");
  }

  @Test
  void cutsANameThatIsLongerThanAnybodyReads() throws IOException {
    String name = "\u001b".repeat(1 << 20);
    String line = JsonText.format(ReportBuilder.healthy()
        .finding(
            FindingState.NEW,
            FindingBuilder.executors().threadNames(name).evidence(name).build())
        .build());
    JsonNode told = new ObjectMapper().readTree(line).get("findings").get(0).get("threadNames");
    assertThat(told.get(0).asText()).isEqualTo("\u001b".repeat(JsonWriter.MAX_TEXT) + "…");
    assertThat(line.length()).isLessThan(30_000);
  }

  @Test
  void tellsWhatTheExecutorsRunAndLeavesOutWhatIsUnknown() {
    String json =
        JsonText.format(ReportBuilder.healthy().tasks(TaskViews.shop()).build());
    String tasks = TasksJson.format(TaskViews.shop());
    assertThat(json).endsWith(",\"findings\":[],\"tasks\":" + tasks + "}");
    assertThat(tasks)
        .startsWith("""
            {"executors":[{"noun":"executor","name":"",\
            "createdAt":"com.acme.YearlyReport.<init>(YearlyReport.java:20)","executors":1,\
            "shutDown":0,"adopted":false,"threads":4,"maximum":4,"running":4,"waiting":12,\
            "scheduled":0,"finished":1023,"failed":1,"rejected":2,"cancelled":3,\
            "runningTasks":[{"count":1,"task":"com.acme.YearlyReport::writeYear",\
            "oldestSeconds":192,"thread":"pool-1-thread-2","state":"TIMED_WAITING",\
            "at":"com.acme.YearlyReport.writeYear(YearlyReport.java:38)",\
            "submittedAt":"com.acme.YearlyReport.serve(YearlyReport.java:26)"},""")
        .contains("""
            "untoldRunning":0,\
            "waitingTasks":[{"count":11,"task":"com.acme.YearlyReport::writeDay","oldestSeconds":62,\
            "submittedAt":"com.acme.YearlyReport.serve(YearlyReport.java:26)"},\
            {"count":1,"task":"com.acme.Audit","submittedAt":""}],"untoldWaiting":7},\
            {"noun":"fork-join pool","name":"the common pool","createdAt":"","executors":1,\
            "shutDown":0,"adopted":true,"threads":1,"maximum":3,"running":1,"waiting":0,\
            "scheduled":0,"runningTasks":[""")
        .contains("\"threads\":143,\"running\":0")
        .endsWith("""
            "untoldExecutors":20,\
            "threads":[{"count":1000,"createdAt":"com.acme.SettlementJob.serve(SettlementJob.java:31)",\
            "oldestSeconds":302,"state":"WAITING",\
            "at":"com.acme.SettlementJob.await(SettlementJob.java:40)"},\
            {"count":150,"createdAt":"","oldestSeconds":1,"state":"TERMINATED","at":""}],\
            "untoldThreads":50,"cancelledInQueues":5}""");
  }

  @Test
  void hasAnEmptyListWhereThereIsNothingToSay() throws IOException {
    JsonNode json = parsed(ReportBuilder.healthy().reason(Reason.FINAL).build());
    assertThat(json.get("findings").isArray()).isTrue();
    assertThat(json.get("findings")).isEmpty();
    assertThat(json.get("reason").textValue()).isEqualTo("final");
  }

  @Test
  void tellsEndedAndKnownFindings() throws IOException {
    JsonNode findings = parsed(ReportBuilder.healthy()
            .knownFinding(FindingState.NEW, FindingBuilder.executors().build())
            .finding(FindingState.RETRACTED, FindingBuilder.executors().build())
            .build())
        .get("findings");
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).get("known").booleanValue()).isTrue();
    assertThat(findings.get(1).get("known").booleanValue()).isFalse();
    assertThat(findings.get(1).get("verdict").textValue()).isEqualTo("RETRACTED");
    assertThat(findings.get(1).get("state").textValue()).isEqualTo("RETRACTED");
  }

  @Test
  void keepsEveryCharacterOfNamesOnOneLineOfPrintableText() throws IOException {
    StringBuilder every = new StringBuilder();
    for (char c = 0; c < 0x250; c++) {
      every.append(c);
    }
    String name = every + "東京 😀 \u2028\u2029\u202e\ufeff \ud83d \ude00 \ud83d";
    LeakReport report = ReportBuilder.healthy()
        .finding(FindingState.NEW, FindingBuilder.executors().threadNames(name).build())
        .build();
    String line = JsonText.format(report);
    assertThat(line.codePoints())
        .allMatch(c -> c >= ' ' && c != 0x7f && c != 0x2028 && c != 0x202e && c != 0xd83d);
    JsonNode names = new ObjectMapper().readTree(line).get("findings").get(0).get("threadNames");
    assertThat(names.get(0).textValue()).isEqualTo(name);
  }

  @Test
  void writesOnlyNumbersThatJsonHas() {
    assertThat(growth(12.0)).isEqualTo("12.0");
    assertThat(growth(-0.25)).isEqualTo("-0.25");
    assertThat(growth(1.0 / 3)).isEqualTo("0.333");
    assertThat(growth(Double.NaN)).isEqualTo("0.0");
    assertThat(growth(Double.POSITIVE_INFINITY)).isEqualTo("0.0");
    assertThat(growth(0)).isEqualTo("0.0");
  }

  @Test
  void tellsTimesInUtcToTheMillisecond() throws IOException {
    LeakReport healthy = ReportBuilder.healthy().build();
    LeakReport report = new LeakReport(
        Instant.parse("2026-01-31T12:00:00.123456789Z"),
        Long.MAX_VALUE,
        Reason.REQUEST,
        healthy.jvm(),
        healthy.threads(),
        healthy.executors(),
        healthy.agent(),
        List.of(),
        0,
        List.of(),
        null);
    JsonNode json = parsed(report);
    assertThat(json.get("time").textValue()).isEqualTo("2026-01-31T12:00:00.123Z");
    assertThat(json.get("sequence").longValue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void tellsOfKnownFindingsThatAreGoneWhereThereAreAny() throws IOException {
    assertThat(parsed(ReportBuilder.healthy().build()).has("gone")).isFalse();
    JsonNode json = parsed(ReportBuilder.healthy().gone("7f3a9c21b0d4 vendor's").build());

    assertThat(json.get("gone").get(0).textValue()).isEqualTo("7f3a9c21b0d4 vendor's");
  }

  private static JsonNode parsed(LeakReport report) throws IOException {
    return new ObjectMapper().readTree(JsonText.format(report));
  }

  private static String growth(double perMinute) {
    String json = JsonText.format(ReportBuilder.healthy()
        .finding(
            FindingState.NEW,
            FindingBuilder.executors().growth(perMinute, Duration.ZERO).build())
        .build());
    return json.replaceFirst(".*\"growthPerMinute\":([^,]*),.*", "$1");
  }
}
