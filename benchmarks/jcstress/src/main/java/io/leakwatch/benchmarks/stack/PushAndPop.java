package io.leakwatch.benchmarks.stack;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.acme.stack.ConcurrentStack;
import com.acme.stack.DequeStack;
import com.acme.stack.EliminationBackoffStack;
import com.acme.stack.LockFreeStack;
import com.acme.stack.MutexStack;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One thread pushes 1, another pops: 1 is popped now or found afterwards, never both, never neither.
 *
 * <p>jcstress takes actors from the class itself, never from its superclass: hence the same ones for each stack.
 */
@Outcome(
    id = "0, 1",
    expect = ACCEPTABLE,
    desc = "The pop came first and found nothing; 1 is there afterwards.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The push came first and 1 was popped.")
@Outcome(id = "1, 1", expect = FORBIDDEN, desc = "1 came out twice.")
@Outcome(id = "0, 0", expect = FORBIDDEN, desc = "1 was lost.")
public class PushAndPop {
  private static final int NOTHING = 0;

  private final ConcurrentStack<Integer> stack;

  PushAndPop(ConcurrentStack<Integer> stack) {
    this.stack = stack;
  }

  int pop() {
    return stack.pop().orElse(NOTHING);
  }

  void push(int element) {
    stack.push(element);
  }

  /** See {@link LockFreeStack}. */
  @JCStressTest
  @State
  public static class OfLockFreeStack extends PushAndPop {
    public OfLockFreeStack() {
      super(new LockFreeStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second(II_Result result) {
      result.r1 = pop();
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = pop();
    }
  }

  /** See {@link EliminationBackoffStack}. */
  @JCStressTest
  @State
  public static class OfEliminationBackoffStack extends PushAndPop {
    public OfEliminationBackoffStack() {
      super(new EliminationBackoffStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second(II_Result result) {
      result.r1 = pop();
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = pop();
    }
  }

  /** See {@link MutexStack}. */
  @JCStressTest
  @State
  public static class OfMutexStack extends PushAndPop {
    public OfMutexStack() {
      super(new MutexStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second(II_Result result) {
      result.r1 = pop();
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = pop();
    }
  }

  /** See {@link DequeStack}. */
  @JCStressTest
  @State
  public static class OfDequeStack extends PushAndPop {
    public OfDequeStack() {
      super(new DequeStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second(II_Result result) {
      result.r1 = pop();
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r2 = pop();
    }
  }
}
