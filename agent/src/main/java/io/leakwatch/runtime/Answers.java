package io.leakwatch.runtime;

import io.leakwatch.cli.AgentProperties;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;

/**
 * The answers that can be read from outside, as properties. Who reads one cannot take it away, so each goes by itself after
 * a while. Bounded; used by the sampler only.
 */
final class Answers {
  /** The command line waits for half of that. */
  static final Duration KEPT = Duration.ofSeconds(30);

  static final int MAX = 32;

  private record Given(String key, long nanoTime) {}

  private final Properties shown;
  private final Deque<Given> given = new ArrayDeque<>();

  /** Answers that are shown as properties. */
  Answers(Properties shown) {
    this.shown = shown;
  }

  /**
   * Shows an answer. When there are too many the oldest goes.
   *
   * @param now by {@link System#nanoTime}
   */
  void give(String id, Answer answer, long now) {
    String key = AgentProperties.ANSWER + id;
    shown.setProperty(
        key, (answer.ok() ? AgentProperties.OK : AgentProperties.FAILED) + "\n" + answer.text());
    given.addLast(new Given(key, now));
    if (given.size() > MAX) {
      shown.remove(given.removeFirst().key());
    }
  }

  /**
   * Takes away those that had their time.
   *
   * @return in how many nanoseconds the next will have had it; {@link Long#MAX_VALUE} when there is none
   */
  long takeAway(long now) {
    while (!given.isEmpty() && now - given.getFirst().nanoTime() >= KEPT.toNanos()) {
      shown.remove(given.removeFirst().key());
    }
    return given.isEmpty() ? Long.MAX_VALUE : given.getFirst().nanoTime() + KEPT.toNanos() - now;
  }

  /**
   * One of them.
   *
   * @param text what was wanted, or when that is not to be had one line that says why
   */
  record Answer(boolean ok, String text) {}
}
