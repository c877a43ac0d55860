package com.acme.stack;

import java.util.Optional;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * The operations of a stack, for checks of linearizability: whatever they give while they overlap, some sequence of them, one
 * after the other, must give as well.
 */
public abstract class StackModel {
  private final ConcurrentStack<Integer> stack;

  StackModel(ConcurrentStack<Integer> stack) {
    this.stack = stack;
  }

  @Operation
  public void push(int element) {
    stack.push(element);
  }

  @Operation
  public Optional<Integer> pop() {
    return stack.pop();
  }

  @Operation
  public Optional<Integer> peek() {
    return stack.peek();
  }

  /** Interleavings that are chosen one after the other. */
  static ModelCheckingOptions modelChecking(int interleavings) {
    return small(new ModelCheckingOptions()).invocationsPerIteration(interleavings);
  }

  /** Interleavings as they come. */
  static StressOptions stress() {
    return small(new StressOptions()).invocationsPerIteration(1_000);
  }

  /** A push and a pop meet only when a third thread has come before both: of fewer than three nothing would be learnt. */
  private static <T extends Options<T, ?>> T small(T options) {
    return options.threads(3).actorsPerThread(2).iterations(10).minimizeFailedScenario(false);
  }

  /** See {@link LockFreeStack}. */
  public static class OfLockFreeStack extends StackModel {
    public OfLockFreeStack() {
      super(new LockFreeStack<>());
    }
  }

  /** See {@link EliminationBackoffStack}; in one slot, so that they meet, and with a single spin. */
  public static class OfEliminationBackoffStack extends StackModel {
    public OfEliminationBackoffStack() {
      super(new EliminationBackoffStack<>(1, 1));
    }
  }

  /** See {@link MutexStack}. */
  public static class OfMutexStack extends StackModel {
    public OfMutexStack() {
      super(new MutexStack<>());
    }
  }

  /** See {@link DequeStack}. */
  public static class OfDequeStack extends StackModel {
    public OfDequeStack() {
      super(new DequeStack<>());
    }
  }

  /** See {@link BrokenStacks.CheckThenAct}. */
  public static class OfCheckThenAct extends StackModel {
    public OfCheckThenAct() {
      super(new BrokenStacks.CheckThenAct<>());
    }
  }

  /** See {@link BrokenStacks.ReusedNodes}. */
  public static class OfReusedNodes extends StackModel {
    public OfReusedNodes() {
      super(new BrokenStacks.ReusedNodes<>());
    }
  }

  /** See {@link BrokenStacks.TakenTwice}. */
  public static class OfTakenTwice extends StackModel {
    public OfTakenTwice() {
      super(new BrokenStacks.TakenTwice<>());
    }
  }
}
