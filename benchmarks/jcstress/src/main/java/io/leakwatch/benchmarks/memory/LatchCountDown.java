package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CountDownLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A value is written, then a latch is counted down: who has awaited it sees the value. */
@JCStressTest
@Outcome(
    id = Seen.WRITTEN,
    expect = ACCEPTABLE,
    desc = "The latch was open, and the value is there.")
@Outcome(
    id = Seen.STALE,
    expect = FORBIDDEN,
    desc = "The latch was open, and the value is not there.")
@State
public class LatchCountDown {
  private final CountDownLatch done = new CountDownLatch(1);
  private int value;

  @Actor
  public void write() {
    value = 1;
    done.countDown();
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
