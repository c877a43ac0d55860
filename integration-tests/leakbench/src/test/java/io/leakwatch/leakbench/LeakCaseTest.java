package io.leakwatch.leakbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the case.json files say fits the sources beside them. */
class LeakCaseTest {
  private static final List<LeakCase> CASES = LeakCase.readAll(Path.of("cases"));

  @Test
  void thereAreLeaksOfEachKindAndHardNegatives() {
    assertThat(CASES.stream().filter(LeakCase::isHardNegative)).hasSizeGreaterThanOrEqualTo(12);
    assertThat(CASES.stream().filter(leakCase -> !leakCase.isHardNegative()))
        .hasSizeGreaterThanOrEqualTo(34)
        .extracting(LeakCase::kind)
        .contains("platform", "executor", "virtual");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsSaidFitsTheSources(LeakCase leakCase) {
    String sources = sources(leakCase);
    assertThat(leakCase.sources()).hasFileName(leakCase.id());
    assertThat(sources).contains("Harness.begin(\"" + leakCase.id() + "\", args)");
    assertThat(sources).contains(simpleName(leakCase.main()) + " {");
    for (String site : leakCase.rightSites()) {
      String method = Verdict.method(site);
      String owner = method.substring(0, method.lastIndexOf('.'));
      assertThat(sources).contains("class " + simpleName(owner));
      assertThat(sources)
          .contains(
              method.endsWith(".<init>") || method.endsWith(".<clinit>")
                  ? simpleName(owner)
                  : simpleName(method) + "(");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aLeakIsModelledAfterPublicReportsAndHasARightAnswer(LeakCase leakCase) {
    assertThat(leakCase.citations()).allMatch(cited -> cited.matches("[\\w.-]+/[\\w.-]+#\\d+"));
    if (!leakCase.isHardNegative()) {
      assertThat(leakCase.citations()).isNotEmpty();
      assertThat(leakCase.rightSites()).isNotEmpty();
    }
  }

  static List<LeakCase> cases() {
    return CASES;
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String sources(LeakCase leakCase) {
    try (Stream<Path> files = Files.list(leakCase.sources())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(LeakCaseTest::read)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
