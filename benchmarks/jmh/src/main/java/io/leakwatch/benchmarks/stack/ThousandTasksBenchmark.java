package io.leakwatch.benchmarks.stack;

import com.acme.VirtualThreads;
import com.acme.stack.ConcurrentStack;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thousand tasks, each on a thread of its own, that push and pop on one stack. An operation is a task, its start and end
 * included.
 *
 * <p>The threads are virtual; before JDK 21 platform threads stand in for them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class ThousandTasksBenchmark {
  static final int TASKS = 1_000;

  private static final Integer ELEMENT = 1;

  @Param
  private StackKind stack = StackKind.MUTEX;

  /** How often each task pushes and pops. */
  @Param("10000")
  private int pairs;

  private final ThreadFactory threads = VirtualThreads.factory().orElse(Thread::new);

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public ConcurrentStack<Integer> pushAndPop() throws InterruptedException {
    ConcurrentStack<Integer> shared = stack.newStack();
    Thread[] tasks = new Thread[TASKS];
    for (int i = 0; i < TASKS; i++) {
      tasks[i] = threads.newThread(() -> pushAndPop(shared));
      tasks[i].start();
    }
    for (Thread task : tasks) {
      task.join();
    }
    return shared;
  }

  private void pushAndPop(ConcurrentStack<Integer> shared) {
    for (int i = 0; i < pairs; i++) {
      shared.push(ELEMENT);
      if (shared.pop().isEmpty()) {
        throw new AssertionError("nothing is there after a push");
      }
    }
  }
}
