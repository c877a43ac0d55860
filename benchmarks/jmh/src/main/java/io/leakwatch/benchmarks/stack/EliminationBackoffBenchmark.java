package io.leakwatch.benchmarks.stack;

import com.acme.stack.ConcurrentStack;
import com.acme.stack.EliminationBackoffStack;
import com.acme.stack.LockFreeStack;
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
 * What the back-off of the elimination stack should be. {@code slots=0} is the control: the stack without any, whose figures
 * should not depend on the spins, so that those by which they differ are the noise of the measurement.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class EliminationBackoffBenchmark {
  @Param({"2", "16"})
  private int threads;

  @Param({"0", "1", "2"})
  private int slots;

  @Param({"0", "16", "64", "256", "1024"})
  private int spins;

  /** How often they push and pop, all together. */
  @Param("4000000")
  private int pairs;

  @Benchmark
  public ConcurrentStack<Integer> pushAndPop() throws InterruptedException {
    ConcurrentStack<Integer> shared =
        slots == 0 ? new LockFreeStack<>() : new EliminationBackoffStack<>(slots, spins);
    Contention.run(shared, pairs, threads, Thread::new);
    return shared;
  }
}
