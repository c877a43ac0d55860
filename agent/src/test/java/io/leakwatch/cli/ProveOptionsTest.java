package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.cli.ProveOptions.MisusedException;
import io.leakwatch.config.NamePattern;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProveOptionsTest {

  @Test
  void takesAProcessOrAFile() throws MisusedException {
    assertThat(ProveOptions.parse("prove", "4711").isProcess()).isTrue();
    assertThat(ProveOptions.parse("prove", "./4711").isProcess()).isFalse();
    assertThat(ProveOptions.parse("prove", "heap.hprof").minAge()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void takesOptionsInAnyPlace() throws MisusedException {
    ProveOptions options = ProveOptions.parse(
        "prove", "--yes", "--json", "a.json", "4711", "--min-age", "5m", "--why", "#3", "--live");

    assertThat(options)
        .isEqualTo(new ProveOptions(
            "4711",
            true,
            "a.json",
            false,
            "#3",
            Duration.ofMinutes(5),
            null,
            false,
            true,
            false,
            List.of()));
  }

  @Test
  void whatIsRedactedAddsUp() throws MisusedException {
    ProveOptions options = ProveOptions.parse("prove", "1", "--redact", "customer-*; com.acme.*");

    assertThat(options.redacting(List.of(new NamePattern("vault"))).redact())
        .extracting(NamePattern::glob)
        .containsExactly("customer-*", "com.acme.*", "vault");
  }

  @Test
  void saysWhatIsWrong() {
    refused("needs a process id or a heap dump: " + ProveOptions.FORM);
    refused("takes one process id or heap dump, but got also \"2\"", "1", "2");
    refused("has no option \"--cycles\": " + ProveOptions.FORM, "--cycles", "1");
    assertThatThrownBy(() -> ProveOptions.parse("prove", "--cycle", "a.hprof"))
        .hasMessage("--cycle needs the process id of a running JVM, not \"a.hprof\"");
    assertThatThrownBy(() -> ProveOptions.parse("prove", "1", "--cycle", "--twice"))
        .hasMessage("--cycle takes no heap dump, and so no --twice");
    assertThatThrownBy(() -> ProveOptions.parse("prove", "1", "--redact", " ; "))
        .hasMessage("--redact needs patterns with * and ?, separated by ;");
    assertThatThrownBy(() -> ProveOptions.parse("prove", "1", "--json"))
        .hasMessage("--json needs a file");
    assertThatThrownBy(() -> ProveOptions.parse("prove", "1", "--min-age", "soon"))
        .hasMessage("--min-age needs a duration such as 500ms, 60s, 5m or 1h, not \"soon\"");
  }

  private static void refused(String message, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "prove";
    System.arraycopy(args, 0, all, 1, args.length);
    assertThatThrownBy(() -> ProveOptions.parse(all)).hasMessage("prove " + message);
  }
}
