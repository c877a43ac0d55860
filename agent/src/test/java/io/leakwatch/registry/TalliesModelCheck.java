package io.leakwatch.registry;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of a few operations, within the bounds given, must come out as some sequence of them would have: no
 * count is lost and no object has two tallies. All objects are in one bucket, where they meet.
 */
public class TalliesModelCheck {
  private final Object[] objects = {new Object(), new Object()};
  private final Tallies tallies = new Tallies(1, 100);

  @Operation
  public void fail(@Param(gen = IntGen.class, conf = "0:1") int object) {
    Tallies.Tally tally = tallies.of(objects[object]);
    if (tally != null) {
      tally.countFailed();
    }
  }

  @Operation
  public long failed(@Param(gen = IntGen.class, conf = "0:1") int object) {
    Tallies.Tally tally = tallies.find(objects[object]);
    return tally == null ? 0 : tally.failed();
  }

  @Operation(nonParallelGroup = "the sweeper")
  public void sweep() {
    tallies.sweep();
  }

  @Test
  void isLinearizable() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(10)
        .invocationsPerIteration(300)
        .check(getClass());
  }
}
