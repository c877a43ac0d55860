package io.leakwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.runtime.Answers.Answer;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final long KEPT = Answers.KEPT.toNanos();

  private final Properties shown = new Properties();
  private final Answers answers = new Answers(shown);

  @Test
  void showsWhatWasWantedOrWhyNot() {
    answers.give("a", new Answer(true, "the tasks\n"), 0);
    answers.give("b", new Answer(false, "no"), 0);
    assertThat(shown)
        .containsOnly(
            Map.entry("leakwatch.answer.a", "ok\nthe tasks\n"),
            Map.entry("leakwatch.answer.b", "failed\nno"));
  }

  @Test
  void takesEachAwayAfterAWhile() {
    shown.setProperty("leakwatch.agent", "1.2.3");
    assertThat(answers.takeAway(0)).isEqualTo(Long.MAX_VALUE);
    answers.give("a", new Answer(true, ""), 100);
    answers.give("b", new Answer(true, ""), 150);
    assertThat(answers.takeAway(100)).isEqualTo(KEPT);
    assertThat(answers.takeAway(99 + KEPT)).isEqualTo(1);
    assertThat(shown).containsKeys("leakwatch.answer.a", "leakwatch.answer.b");
    assertThat(answers.takeAway(100 + KEPT)).isEqualTo(50);
    assertThat(shown).containsOnlyKeys("leakwatch.agent", "leakwatch.answer.b");
    assertThat(answers.takeAway(150 + KEPT)).isEqualTo(Long.MAX_VALUE);
    assertThat(shown).containsOnlyKeys("leakwatch.agent");
  }

  @Test
  void showsNoMoreThanACertainNumber() {
    for (int i = 0; i < Answers.MAX + 3; i++) {
      answers.give("n" + i, new Answer(true, ""), i);
    }
    assertThat(shown)
        .hasSize(Answers.MAX)
        .containsKeys("leakwatch.answer.n3", "leakwatch.answer.n" + (Answers.MAX + 2));
  }

  @Test
  void knowsARequestByItsForm() {
    assertThat(Request.parse("request:0-aB:tasks")).isEqualTo(new Request("0-aB", "tasks", ""));
    assertThat(Request.parse("request:a:proof:/tmp/a b:c"))
        .isEqualTo(new Request("a", "proof", "/tmp/a b:c"));
    for (String bad : new String[] {
      "request:",
      "request::tasks",
      "request:a",
      "request:a:",
      "request:a b:tasks",
      "interval=1s",
      "request:a:tasks:",
      "request:" + "a".repeat(65) + ":tasks"
    }) {
      assertThat(Request.parse(bad)).as(bad).isNull();
    }
  }
}
