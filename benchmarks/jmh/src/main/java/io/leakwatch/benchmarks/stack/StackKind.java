package io.leakwatch.benchmarks.stack;

import com.acme.stack.ConcurrentStack;
import com.acme.stack.DequeStack;
import com.acme.stack.EliminationBackoffStack;
import com.acme.stack.LockFreeStack;
import com.acme.stack.MutexStack;

/** The stacks that are compared. */
public enum StackKind {
  MUTEX,
  LOCK_FREE,
  ELIMINATION,
  DEQUE;

  /** A new one, empty. */
  ConcurrentStack<Integer> newStack() {
    return switch (this) {
      case MUTEX -> new MutexStack<>();
      case LOCK_FREE -> new LockFreeStack<>();
      case ELIMINATION -> new EliminationBackoffStack<>();
      case DEQUE -> new DequeStack<>();
    };
  }
}
