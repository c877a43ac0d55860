package io.leakwatch.registry;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * In every interleaving of a few look-ups, within the bounds given, each finds the origin of its own class or none, while one
 * thread tidies. All classes are in one set of two slots, where they drive each other out.
 */
public class RecentOriginsModelCheck {
  private static final Class<?>[] CLASSES = {String.class, Integer.class, Long.class};
  private static final OriginClass[] ORIGINS = {
    OriginClass.of(CLASSES[0]), OriginClass.of(CLASSES[1]), OriginClass.of(CLASSES[2])
  };

  private final RecentOrigins recent = new RecentOrigins(2);

  @Operation
  public boolean lookUp(@Param(gen = IntGen.class, conf = "0:2") int which) {
    OriginClass found = recent.find(CLASSES[which]);
    if (found == null) {
      recent.add(CLASSES[which], ORIGINS[which]);
    }
    return found == null || found == ORIGINS[which];
  }

  @Operation(nonParallelGroup = "the census")
  public void tidy() {
    recent.tidy();
  }

  @Test
  void findsTheRightOneOrNone() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(10)
        .invocationsPerIteration(300)
        .sequentialSpecification(AlwaysRight.class)
        .check(getClass());
  }

  /** What must come out. */
  public static final class AlwaysRight {
    public boolean lookUp(int which) {
      return true;
    }

    public void tidy() {}
  }
}
