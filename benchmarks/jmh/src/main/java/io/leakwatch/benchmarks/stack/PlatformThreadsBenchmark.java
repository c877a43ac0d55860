package io.leakwatch.benchmarks.stack;

import com.acme.stack.ConcurrentStack;
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
 * Platform threads that push and pop on one stack without a pause. An operation is all that the threads do, their start and
 * end included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class PlatformThreadsBenchmark {
  @Param
  private StackKind stack = StackKind.MUTEX;

  @Param({"1", "2", "4", "16", "64"})
  private int threads;

  /** How often they push and pop, all together. */
  @Param("4000000")
  private int pairs;

  @Benchmark
  public ConcurrentStack<Integer> pushAndPop() throws InterruptedException {
    ConcurrentStack<Integer> shared = stack.newStack();
    Contention.run(shared, pairs, threads, Thread::new);
    return shared;
  }
}
