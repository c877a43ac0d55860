package io.leakwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JvmFactsTest {
  @Test
  void aJvmThatStartsWithTheAgentIsAsOldAsTheAgent() {
    assertThat(new JvmFacts(false).at(Duration.ofSeconds(7)).uptime())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aJvmThatTheAgentIsAttachedToIsOlderByAsMuchAtAnyTime() {
    JvmFacts facts = new JvmFacts(true);
    Duration before = facts.at(Duration.ZERO).uptime();
    assertThat(before).isPositive().isLessThan(Duration.ofDays(1));
    assertThat(facts.at(Duration.ofSeconds(7)).uptime()).isEqualTo(before.plusSeconds(7));
  }
}
