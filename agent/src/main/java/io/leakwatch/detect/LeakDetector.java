package io.leakwatch.detect;

import io.leakwatch.finding.Finding;
import io.leakwatch.sample.SampleHistory;
import java.util.List;

/**
 * Looks for one kind of leak in the history of samples. A pure function: no clock, no I/O, no state; time comes in as
 * data. Called after each sample, from one thread at a time.
 */
public interface LeakDetector {
  /** The findings at the newest sample of {@code history}, at most one for each cause; empty when there are none. */
  List<Finding> detect(SampleHistory history);
}
