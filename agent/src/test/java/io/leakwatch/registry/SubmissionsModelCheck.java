package io.leakwatch.registry;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Turns come out in the order in which they went in, each once, and a scope counts as many as wait. */
public class SubmissionsModelCheck {
  private final Object[] pools = {new Object(), new Object()};
  private final Scope[] scopes = {new Scope("first"), new Scope("second")};
  private final Submissions submissions = new Submissions();

  @Operation
  public void add(
      @Param(gen = IntGen.class, conf = "0:1") int pool,
      @Param(gen = IntGen.class, conf = "0:1") int scope) {
    submissions.add(pools[pool], scopes[scope]);
  }

  @Operation
  public @Nullable String take(@Param(gen = IntGen.class, conf = "0:1") int pool) {
    Submissions.Turn turn = submissions.take(pools[pool]);
    Scope scope = turn == null ? null : turn.scope();
    return scope == null ? null : scope.name();
  }

  @Operation
  public void takeBack(
      @Param(gen = IntGen.class, conf = "0:1") int pool,
      @Param(gen = IntGen.class, conf = "0:1") int scope) {
    submissions.takeBack(pools[pool], scopes[scope]);
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
