package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.util.concurrent.CountDownLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A broken twin of {@link LatchCountDown}: the latch is counted down before the value is written. */
@JCStressTest
@Outcome(
    id = Seen.WRITTEN,
    expect = ACCEPTABLE,
    desc = "The latch was open, and the value is there.")
@Outcome(
    id = Seen.STALE,
    expect = ACCEPTABLE_INTERESTING,
    desc = "The latch was open, and the value is not there.")
@State
public class LatchCountDownTooEarly {
  private final CountDownLatch done = new CountDownLatch(1);
  private int value;

  @Actor
  public void write() {
    done.countDown();
    value = 1;
  }

  @Actor
  public void await(L_Result seen) {
    try {
      done.await();
      seen.r1 = Seen.of(value);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
