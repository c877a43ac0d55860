package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryAdviceTest {
  private static final Path SHIPPED =
      Path.of("src/main/resources/io/leakwatch/detect/library-advice.txt");

  private final LibraryAdvice advice = LibraryAdvice.parse(Stream.of(
      "# libraries",
      "",
      "com.acme.: close it",
      "com.acme.http.: stop its server",
      "org.pool.: share it"));

  @Test
  void theLongestBeginningCounts() {
    assertThat(advice.of(List.of("com.acme.Client"))).isEqualTo("close it");
    assertThat(advice.of(List.of("com.acme.http.Server"))).isEqualTo("stop its server");
    assertThat(advice.of(List.of("com.acme.http.jetty.Server$1"))).isEqualTo("stop its server");
  }

  @Test
  void theOutermostLibraryIsTheOneThatWasCalled() {
    assertThat(advice.of(List.of("org.pool.Workers", "com.acme.Client"))).isEqualTo("close it");
    assertThat(advice.of(List.of("org.pool.Workers", "org.unknown.Client"))).isEqualTo("share it");
  }

  @Test
  void nothingIsSaidOfOthers() {
    assertThat(advice.of(List.of())).isNull();
    assertThat(advice.of(List.of("com.acmeother.Client", "com.Client", "Client")))
        .isNull();
  }

  @Test
  void theShippedFileIsInOrder() throws IOException {
    List<String> lines = Files.readAllLines(SHIPPED).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();

    assertThat(lines).hasSizeGreaterThan(40).doesNotHaveDuplicates();
    assertThat(lines)
        .allMatch(
            line -> line.matches("[a-z]\\w*(\\.[a-z]\\w*)*(\\.\\w+)?\\.: [a-z]\\S* .{5,120}[^.]"));
    assertThat(lines.stream().map(line -> line.substring(0, line.indexOf(':'))))
        .doesNotHaveDuplicates();
    assertThat(LibraryAdvice.SHIPPED.of(List.of("okhttp3.OkHttpClient")))
        .startsWith("share one OkHttpClient");
  }
}
