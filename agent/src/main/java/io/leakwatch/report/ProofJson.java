package io.leakwatch.report;

import io.leakwatch.finding.KnownThreads;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.ProvenFinding;

/**
 * What a proof has found as one JSON object on one line, with the fields of the agent's report as far as a dump can fill
 * them. Names and order of the fields are a contract: changed only by adding to it. Thread-safe: it holds no state.
 */
public final class ProofJson {
  private ProofJson() {}

  /** The report as one line of JSON, without a newline at its end. */
  public static String format(ProofReport report) {
    return JsonWriter.object(json -> report(json, report));
  }

  private static void report(JsonWriter json, ProofReport report) {
    json.field("schema", JsonText.SCHEMA)
        .field("time", JsonText.time(report.time()))
        .field("sequence", 1)
        .field("reason", "proof");
    Long pid = report.pid();
    if (pid != null) {
      json.object("jvm", jvm -> jvm.field("pid", pid));
    }
    json.object(
            "threads",
            threads ->
                threads.field("platform", report.platform()).field("virtual", report.virtual()))
        .object(
            "proof",
            proof -> proof
                .field("target", report.target())
                .field("method", report.method().name())
                .field("confirmed", report.confirmed())
                .field("stoodSeconds", report.stoodFor().toSeconds())
                .field("canRun", report.canRun())
                .field("ownerUnknown", report.ownerUnknown())
                .field("objects", report.objects())
                .field("reached", report.reached()))
        .objects("findings", report.findings(), each -> finding(json, each));
  }

  private static void finding(JsonWriter json, ProvenFinding proven) {
    JsonText.finding(json, proven.tracked(), proven.threadNames());
    json.field("proof", proven.level().name()).field("confirmed", proven.confirmed());
    KnownThreads known = proven.known();
    if (known != null) {
      json.object(
          "agent",
          agent -> agent
              .field("threads", known.threads())
              .field("fingerprints", known.fingerprints())
              .objects("executors", known.executors(), each -> OriginsJson.executor(agent, each)));
    }
  }
}
