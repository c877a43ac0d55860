package io.leakwatch.registry;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of a few operations, within the bounds given, must come out as some sequence of them would have: an
 * object never has two values, none is lost, and none comes back. All objects are in one bucket, where they meet.
 */
public class WeakTableModelCheck {
  private final Object[] objects = {new Object(), new Object()};
  private final WeakTable<Integer> table = new WeakTable<>(1, 100);

  @Operation
  public @Nullable Integer putIfAbsent(
      @Param(gen = IntGen.class, conf = "0:1") int object,
      @Param(gen = IntGen.class, conf = "1:3") int value) {
    return table.putIfAbsent(objects[object], value);
  }

  @Operation
  public @Nullable Integer find(@Param(gen = IntGen.class, conf = "0:1") int object) {
    return table.find(objects[object]);
  }

  @Operation
  public @Nullable Integer remove(@Param(gen = IntGen.class, conf = "0:1") int object) {
    return table.remove(objects[object]);
  }

  @Operation(nonParallelGroup = "the sweeper")
  public void sweep() {
    table.sweep(value -> {});
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
