package io.leakwatch.runtime;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the agent cheap: when its rounds have used more than {@value #PERCENT} % of one core over {@value #WINDOW_SECONDS}
 * seconds, they come half as often from then on, and again, down to one in {@value #SLOWEST}. When they use less than a
 * quarter of that they come more often again. Fewer rounds are also fewer stacks: of these each round allows a number.
 *
 * <p>Not thread-safe; belongs to who runs the rounds.
 */
final class CpuBudget {
  static final int PERCENT = 1;
  static final int WINDOW_SECONDS = 30;
  static final int SLOWEST = 32;

  private final long interval;
  private long windowBegin;
  private long usedBefore;
  private int stretch = 1;
  private boolean said;

  /**
   * A budget that is not used up.
   *
   * @param interval between two rounds
   * @param now in ns, by any clock that does not go back
   */
  CpuBudget(Duration interval, long now) {
    this.interval = interval.toNanos();
    this.windowBegin = now;
  }

  /**
   * Looks at what was used, at the end of a round.
   *
   * @param now in ns
   * @param used CPU time of all rounds so far, in ns
   * @return what is to be said of it, the first time that rounds come less often; {@code null} for nothing
   */
  @Nullable
  String spend(long now, long used) {
    long window = now - windowBegin;
    if (window < Duration.ofSeconds(WINDOW_SECONDS).toNanos()) {
      return null;
    }
    double percent = 100.0 * (used - usedBefore) / window;
    windowBegin = now;
    usedBefore = used;
    if (percent > PERCENT && stretch < SLOWEST) {
      stretch *= 2;
    } else if (percent < PERCENT / 4.0 && stretch > 1) {
      stretch /= 2;
    }
    if (stretch == 1 || said) {
      return null;
    }
    said = true;
    return String.format(
        Locale.ROOT,
        "the agent has used %.1f %% of one core for %ds: samples are taken less often from now on, every %s or more,"
            + " until that is below %d %%; findings come later by as much",
        percent,
        WINDOW_SECONDS,
        Duration.ofNanos(next()).toString().substring(2).toLowerCase(Locale.ROOT),
        PERCENT);
  }

  /** From the begin of one round to that of the next, in ns. */
  long next() {
    return interval * stretch;
  }
}
