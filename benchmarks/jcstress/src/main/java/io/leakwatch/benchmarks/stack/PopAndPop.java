package io.leakwatch.benchmarks.stack;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.acme.stack.ConcurrentStack;
import com.acme.stack.DequeStack;
import com.acme.stack.EliminationBackoffStack;
import com.acme.stack.LockFreeStack;
import com.acme.stack.MutexStack;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two threads pop from a stack that holds 2 on top of 1: each gets one of them.
 *
 * <p>jcstress takes actors from the class itself, never from its superclass: hence the same ones for each stack.
 */
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The second popped first.")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The first popped first.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "One was lost or came out twice.")
public class PopAndPop {
  private static final int NOTHING = 0;

  private final ConcurrentStack<Integer> stack;

  PopAndPop(ConcurrentStack<Integer> stack) {
    this.stack = stack;
    stack.push(1);
    stack.push(2);
  }

  int pop() {
    return stack.pop().orElse(NOTHING);
  }

  /** See {@link LockFreeStack}. */
  @JCStressTest
  @State
  public static class OfLockFreeStack extends PopAndPop {
    public OfLockFreeStack() {
      super(new LockFreeStack<>());
    }

    @Actor
    public void first(II_Result result) {
      result.r1 = pop();
    }

    @Actor
    public void second(II_Result result) {
      result.r2 = pop();
    }
  }

  /** See {@link EliminationBackoffStack}. */
  @JCStressTest
  @State
  public static class OfEliminationBackoffStack extends PopAndPop {
    public OfEliminationBackoffStack() {
      super(new EliminationBackoffStack<>());
    }

    @Actor
    public void first(II_Result result) {
      result.r1 = pop();
    }

    @Actor
    public void second(II_Result result) {
      result.r2 = pop();
    }
  }

  /** See {@link MutexStack}. */
  @JCStressTest
  @State
  public static class OfMutexStack extends PopAndPop {
    public OfMutexStack() {
      super(new MutexStack<>());
    }

    @Actor
    public void first(II_Result result) {
      result.r1 = pop();
    }

    @Actor
    public void second(II_Result result) {
      result.r2 = pop();
    }
  }

  /** See {@link DequeStack}. */
  @JCStressTest
  @State
  public static class OfDequeStack extends PopAndPop {
    public OfDequeStack() {
      super(new DequeStack<>());
    }

    @Actor
    public void first(II_Result result) {
      result.r1 = pop();
    }

    @Actor
    public void second(II_Result result) {
      result.r2 = pop();
    }
  }
}
