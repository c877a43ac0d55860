package io.leakwatch.benchmarks.stack;

import com.acme.stack.ConcurrentStack;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that push and pop on one stack without a pause.
 *
 * <p>The benchmark starts them and awaits their end, so that the time is that of the clock on the wall. With JMH's own
 * threads it would not be: JMH divides what each did by that thread's own time and adds up the quotients, which is too much
 * when there are more threads than processors and these times overlap little.
 */
final class Contention {
  private static final Integer ELEMENT = 1;

  private Contention() {}

  /** Returns when so many threads have pushed and popped so often in all, each an equal part of it. */
  static void run(ConcurrentStack<Integer> shared, int pairs, int threads, ThreadFactory factory)
      throws InterruptedException {
    Thread[] rivals = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      rivals[i] = factory.newThread(() -> pushAndPop(shared, pairs / threads));
      rivals[i].start();
    }
    for (Thread rival : rivals) {
      rival.join();
    }
    if (shared.sizeEstimate() != 0) {
      throw new IllegalStateException("not as many popped as pushed");
    }
  }

  private static void pushAndPop(ConcurrentStack<Integer> shared, int pairs) {
    for (int i = 0; i < pairs; i++) {
      shared.push(ELEMENT);
      if (shared.pop().isEmpty()) {
        throw new IllegalStateException("nothing is there after a push");
      }
    }
  }
}
