package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** A thread loops until a volatile flag is set: it ends. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "The loop ended.")
@Outcome(id = "STALE", expect = FORBIDDEN, desc = "The loop goes on, whatever the flag is.")
@State
public class VolatileStopFlag {
  private volatile boolean stop;

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
