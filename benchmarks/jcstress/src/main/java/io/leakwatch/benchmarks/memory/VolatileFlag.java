package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A value is written, then a volatile flag is set: who sees the flag sees the value. */
@JCStressTest
@Outcome(id = Seen.NOT_READY, expect = ACCEPTABLE, desc = "The flag was not set yet.")
@Outcome(id = Seen.WRITTEN, expect = ACCEPTABLE, desc = "The flag was set, and the value is there.")
@Outcome(
    id = Seen.STALE,
    expect = FORBIDDEN,
    desc = "The flag was set, and the value is not there.")
@State
public class VolatileFlag {
  private int value;
  private volatile boolean ready;

  @Actor
  public void write() {
    value = 1;
    ready = true;
  }

  @Actor
  public void read(L_Result seen) {
    seen.r1 = ready ? Seen.of(value) : Seen.NOT_READY;
  }
}
