package io.leakwatch.leakbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of the benchmark, small enough for each build: on every JDK four leaks and three programs without one. */
class LeakbenchSliceIT {
  private static final List<String> LEAKS = List.of("p13", "p23", "p40", "p42", "v41");
  private static final List<String> NEGATIVES = List.of("h10", "h22", "p42");
  private static final Path CASES = Path.of("cases");
  private static final List<LeakCase> ALL = LeakCase.readAll(CASES);
  private static final List<Jdk> JDKS = Jdk.onThisMachine();
  private static final CompiledCases PROGRAMS =
      new CompiledCases(CASES, Path.of("target", "slice"), JDKS);
  private static final RunSettings SETTINGS = new RunSettings(
      25,
      null,
      Path.of(System.getProperty("leakbench.agent", "")),
      "interval=1s,warmup=5s",
      Path.of("target", "slice", "results"));

  record Slice(LeakCase leakCase, Variant variant, Jdk jdk) {
    @Override
    public String toString() {
      return run().toString();
    }

    Run run() {
      return new Run(leakCase.id(), variant, jdk.feature(), 1);
    }
  }

  @BeforeAll
  static void resolveLibraries() throws IOException {
    PROGRAMS.prepare(slices().stream().map(Slice::leakCase).distinct().toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("slices")
  void whatLeaksIsConfirmedWithItsLineAndNothingElseIs(Slice slice) throws IOException {
    Run run = slice.run();
    run.execute(slice.leakCase, slice.jdk, PROGRAMS, SETTINGS);
    Verdict verdict = Verdict.of(run, SETTINGS.results());
    String all = all(run);
    assertThat(verdict.failure()).as(all).isEmpty();
    assertThat(verdict.reported()).as(all).isEqualTo(slice.variant == Variant.LEAKY);
    if (verdict.reported()) {
      assertThat(verdict.firstSuspectIsAmong(slice.leakCase.rightSites()))
          .as(all)
          .isTrue();
    }
  }

  static List<Slice> slices() {
    return slices(JDKS);
  }

  private static List<Slice> slices(List<Jdk> jdks) {
    List<Slice> slices = new ArrayList<>();
    for (Jdk jdk : jdks) {
      // Where there are virtual threads, a leak of those takes the place of one of the others.
      LEAKS.stream()
          .filter(id -> !id.equals(jdk.feature() < 21 ? "v41" : "p13"))
          .forEach(id -> slices.add(new Slice(named(id), Variant.LEAKY, jdk)));
      NEGATIVES.forEach(id -> slices.add(new Slice(named(id), Variant.CLEAN, jdk)));
    }
    return slices;
  }

  private static LeakCase named(String id) {
    return ALL.stream().filter(leakCase -> leakCase.id().equals(id)).findFirst().orElseThrow();
  }

  private static String all(Run run) throws IOException {
    Path json = run.file(SETTINGS.results(), "json");
    return Files.readString(run.file(SETTINGS.results(), "out"))
        + (Files.exists(json) ? Files.readString(json) : "no reports");
  }
}
