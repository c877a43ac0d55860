package com.acme;

import com.acme.pool.TaskPool;
import com.acme.stack.ConcurrentStack;
import com.acme.stack.EliminationBackoffStack;
import com.acme.stack.LockFreeStack;
import com.acme.stack.MutexStack;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts orders on stacks and takes them off again, on several threads: one request for each kind of stack in turn. What goes
 * in comes out, once.
 */
final class StackedOrders implements Service {
  private static final int CLERKS = 4;
  private static final int ORDERS_EACH = 1_000;

  private final List<ConcurrentStack<Long>> stacks =
      List.of(new LockFreeStack<>(), new EliminationBackoffStack<>(), new MutexStack<>());
  private final TaskPool clerks = new TaskPool(CLERKS);
  private final LongAdder taken = new LongAdder();
  private long served;

  @Override
  public void serve() throws InterruptedException, ExecutionException {
    ConcurrentStack<Long> stack = stacks.get((int) (served % stacks.size()));
    long firstOrder = served++ * CLERKS * ORDERS_EACH;
    clerks.map(List.of(0, 1, 2, 3), clerk -> work(stack, firstOrder + clerk * ORDERS_EACH));
  }

  @Override
  public String finish() {
    clerks.close();
    int left = stacks.stream().mapToInt(ConcurrentStack::sizeEstimate).sum();
    return "checksum %x, %d left".formatted(taken.sum(), left);
  }

  private Void work(ConcurrentStack<Long> stack, long firstOrder) {
    for (long order = firstOrder; order < firstOrder + ORDERS_EACH; order++) {
      stack.push(order);
      taken.add(stack.pop().orElseThrow());
    }
    return null;
  }
}
