package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** The broken twin of {@link VolatileStopFlag}: the compiler may read a plain flag once, before the loop. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "The loop ended.")
@Outcome(
    id = "STALE",
    expect = ACCEPTABLE_INTERESTING,
    desc = "The loop goes on, whatever the flag is.")
@State
public class PlainStopFlag {
  private boolean stop;

  @Actor
  public void loop() {
    while (!stop) {
      // What a server does until it is told to stop.
    }
  }

  @Signal
  public void stop() {
    stop = true;
  }
}
