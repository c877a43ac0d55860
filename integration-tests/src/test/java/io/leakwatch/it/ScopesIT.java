package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.ScopedChains;
import com.acme.programs.ScopedTidy;
import java.time.Duration;

/** Whose things are is known for all of them, with eight scopes side by side; and nobody is blamed for what is not his. */
class ScopesIT {
  private static final Duration DUE = Duration.ofMinutes(2);
  private static final String ROUNDS = "5";

  @OnEveryJdk
  void everyScopeIsToldWhatItHasLeftAndNothingElse(JdkUnderTest jdk) {
    try (AgentProcess scopes =
        AgentJvm.on(jdk).jvmArgs("-Xverify:all").main(ScopedChains.class, ROUNDS)) {
      assertThat(scopes.awaitExit(DUE)).as(scopes::transcript).isEqualTo(0);
      assertThat(scopes.stdout().lines())
          .as(scopes::transcript)
          .hasSize(Integer.parseInt(ROUNDS))
          .allMatch(line -> line.startsWith("all right: "));
      assertThat(scopes.stderr()).doesNotContain("is dead");
      assertThat(scopes.awaitReport(Report::isFinal).agent().hookFailures()).isZero();
    }
  }

  @OnEveryJdk
  void aScopeWhoseThingsEndIsNotBlamed(JdkUnderTest jdk) {
    try (AgentProcess scopes = AgentJvm.on(jdk).jvmArgs("-Xverify:all").main(ScopedTidy.class)) {
      assertThat(scopes.awaitExit(DUE)).as(scopes::transcript).isEqualTo(0);
      assertThat(scopes.stdout()).as(scopes::transcript).isEqualTo("nobody was blamed\n");
      assertThat(scopes.awaitReport(Report::isFinal).agent().hookFailures()).isZero();
    }
  }
}
