package io.leakwatch.leakbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the detector said in one run.
 *
 * @param reported whether any report, periodic or final, holds a finding that is CONFIRMED or PROVEN, whatever became
 *     of it later: a false alarm that was taken back was one
 * @param suspects those of such findings, in their order, the last report's first
 * @param kinds what such findings are called, likewise
 * @param summaries what such findings say, likewise
 * @param failure why the run counts for nothing; empty if it does count
 */
record Verdict(
    boolean reported,
    List<String> suspects,
    List<String> kinds,
    List<String> summaries,
    String failure) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SURE = Set.of("CONFIRMED", "PROVEN");

  /** Reads the files of a run. */
  static Verdict of(Run run, Path results) {
    try {
      List<String> lines = Files.readAllLines(run.file(results, "json"));
      String status = Files.readString(run.file(results, "status")).strip();
      boolean done = Files.readString(run.file(results, "out")).contains("LEAKBENCH done");
      Verdict verdict = of(lines);
      if (!status.equals("0") || !done) {
        return verdict.failed("exit status " + status + (done ? "" : ", did not end its work"));
      }
      return lines.isEmpty() ? verdict.failed("no report") : verdict;
    } catch (IOException e) {
      return new Verdict(false, List.of(), List.of(), List.of(), "no report: " + e);
    }
  }

  /**
   * Reads reports, one a line.
   *
   * @throws IOException if one is no report
   */
  static Verdict of(List<String> reports) throws IOException {
    List<JsonNode> newestFirst = new ArrayList<>();
    for (String report : reports) {
      newestFirst.add(0, JSON.readTree(report).required("findings"));
    }
    boolean reported = false;
    Set<String> suspects = new LinkedHashSet<>();
    Set<String> kinds = new LinkedHashSet<>();
    Set<String> summaries = new LinkedHashSet<>();
    for (JsonNode findings : newestFirst) {
      for (JsonNode finding : findings) {
        if (SURE.contains(finding.required("verdict").asText())) {
          reported = true;
          finding.path("suspects").forEach(suspect -> suspects.add(suspect.asText()));
          kinds.add(finding.path("kind").asText());
          summaries.add(finding.path("verdict").asText() + " "
              + finding.path("kind").asText() + ": " + finding.path("summary").asText());
        }
      }
    }
    return new Verdict(
        reported, List.copyOf(suspects), List.copyOf(kinds), List.copyOf(summaries), "");
  }

  boolean isFailed() {
    return !failure.isEmpty();
  }

  /** Whether the first suspect is in one of these methods. */
  boolean firstSuspectIsAmong(List<String> sites) {
    return !suspects.isEmpty()
        && sites.stream().map(Verdict::method).anyMatch(method(suspects.get(0))::equals);
  }

  /** The method that a frame names, without its place in a file and without the compiler's numbers. */
  static String method(String frame) {
    return frame
        .strip()
        .replaceAll("\\(.*", "")
        .replaceAll("\\$\\$Lambda.*\\.(\\w+)$", ".$1")
        .replaceAll("\\.lambda\\$(\\w+)\\$\\d+$", ".$1");
  }

  private Verdict failed(String why) {
    return new Verdict(reported, suspects, kinds, summaries, why);
  }
}
