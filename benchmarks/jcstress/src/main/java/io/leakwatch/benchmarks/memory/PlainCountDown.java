package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A broken twin of {@link LatchCountDown}: a plain count in place of the latch. */
@JCStressTest
@Outcome(id = Seen.NOT_READY, expect = ACCEPTABLE, desc = "The count was not 0 yet.")
@Outcome(id = Seen.WRITTEN, expect = ACCEPTABLE, desc = "The count was 0, and the value is there.")
@Outcome(
    id = Seen.STALE,
    expect = ACCEPTABLE_INTERESTING,
    desc = "The count was 0, and the value is not there.")
@State
public class PlainCountDown {
  private int count = 1;
  private int value;

  @Actor
  public void write() {
    value = 1;
    count--;
  }

  @Actor
  public void look(L_Result seen) {
    seen.r1 = count == 0 ? Seen.of(value) : Seen.NOT_READY;
  }
}
