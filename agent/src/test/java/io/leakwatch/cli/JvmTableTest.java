package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JvmTableTest {

  @Test
  void aSuspendedJvmHoldsNothingUp() {
    FakeAttach attach = new FakeAttach();
    attach.add(4711, "com.acme.Main").suspended = true;
    assertThat(new JvmTable(attach, Duration.ofMillis(50)).lines())
        .containsExactly(
            "PID      LEAKWATCH               MAIN",
            "4711     no answer               com.acme.Main");
  }

  @Test
  void nothingInATableEndsItsLine() {
    FakeAttach attach = new FakeAttach();
    attach.add(4711, "com.acme\n.Main").properties.setProperty("leakwatch.agent", "1\t2");
    assertThat(new JvmTable(attach, Duration.ofMinutes(1)).lines())
        .containsExactly(
            "PID      LEAKWATCH               MAIN",
            "4711     running 1\\t2            com.acme\\n.Main");
  }
}
