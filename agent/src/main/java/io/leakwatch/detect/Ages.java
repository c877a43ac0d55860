package io.leakwatch.detect;

import io.leakwatch.sample.Cohorts;
import io.leakwatch.sample.Sample;
import io.leakwatch.sample.SampleHistory;
import java.time.Duration;

/** Turns births, which are counted in samples, into ages. */
final class Ages {
  private Ages() {}

  /** How long the oldest of a group has been there at the least; the agent's own time for those before it. */
  static Duration oldest(Cohorts cohorts, SampleHistory history) {
    return since(cohorts.oldestBirth(), history);
  }

  /** How long ago a sample was taken; zero for one that is not there yet. */
  static Duration since(int index, SampleHistory history) {
    for (Sample sample : history.samples()) {
      if (sample.index() >= index) {
        return history.newest().elapsed().minus(sample.elapsed());
      }
    }
    return Duration.ZERO;
  }
}
