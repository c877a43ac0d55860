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
 * Two threads push 1 and 2: both are there afterwards, in either order.
 *
 * <p>jcstress takes actors from the class itself, never from its superclass: hence the same ones for each stack.
 */
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "1 was pushed last.")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "2 was pushed last.")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "One was lost or came out twice.")
public class PushAndPush {
  private static final int NOTHING = 0;

  private final ConcurrentStack<Integer> stack;

  PushAndPush(ConcurrentStack<Integer> stack) {
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
  public static class OfLockFreeStack extends PushAndPush {
    public OfLockFreeStack() {
      super(new LockFreeStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second() {
      push(2);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r1 = pop();
      result.r2 = pop();
    }
  }

  /** See {@link EliminationBackoffStack}. */
  @JCStressTest
  @State
  public static class OfEliminationBackoffStack extends PushAndPush {
    public OfEliminationBackoffStack() {
      super(new EliminationBackoffStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second() {
      push(2);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r1 = pop();
      result.r2 = pop();
    }
  }

  /** See {@link MutexStack}. */
  @JCStressTest
  @State
  public static class OfMutexStack extends PushAndPush {
    public OfMutexStack() {
      super(new MutexStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second() {
      push(2);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r1 = pop();
      result.r2 = pop();
    }
  }

  /** See {@link DequeStack}. */
  @JCStressTest
  @State
  public static class OfDequeStack extends PushAndPush {
    public OfDequeStack() {
      super(new DequeStack<>());
    }

    @Actor
    public void first() {
      push(1);
    }

    @Actor
    public void second() {
      push(2);
    }

    @Arbiter
    public void afterwards(II_Result result) {
      result.r1 = pop();
      result.r2 = pop();
    }
  }
}
