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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thousand tasks, each on a thread of its own, that push and pop on one stack. An operation is all that the tasks do, their
 * start and end included.
 *
 * <p>The threads are virtual; before JDK 21 platform threads stand in for them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class ThousandTasksBenchmark {
  private static final int TASKS = 1_000;

  @Param
  private StackKind stack = StackKind.MUTEX;

  /** How often they push and pop, all together: 10,000 times each. */
  @Param("10000000")
  private int pairs;

  private final ThreadFactory threads = VirtualThreads.factory().orElse(Thread::new);

  @Benchmark
  public ConcurrentStack<Integer> pushAndPop() throws InterruptedException {
    ConcurrentStack<Integer> shared = stack.newStack();
    Contention.run(shared, pairs, TASKS, threads);
    return shared;
  }
}
