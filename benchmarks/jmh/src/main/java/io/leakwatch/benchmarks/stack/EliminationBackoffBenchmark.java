package io.leakwatch.benchmarks.stack;

import com.acme.stack.ConcurrentStack;
import com.acme.stack.EliminationBackoffStack;
import com.acme.stack.LockFreeStack;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What the back-off of the elimination stack should be; {@code slots=0} is the stack without any. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class EliminationBackoffBenchmark {
  private static final Integer ELEMENT = 1;

  @Param({"0", "1", "2", "4"})
  private int slots;

  @Param({"0", "16", "64", "256", "1024"})
  private int spins;

  private ConcurrentStack<Integer> shared = new LockFreeStack<>();

  @Setup(Level.Iteration)
  public void makeStack() {
    shared = slots == 0 ? new LockFreeStack<>() : new EliminationBackoffStack<>(slots, spins);
  }

  @Benchmark
  @Threads(2)
  public Integer threads02() {
    return pushAndPop();
  }

  @Benchmark
  @Threads(16)
  public Integer threads16() {
    return pushAndPop();
  }

  private Integer pushAndPop() {
    shared.push(ELEMENT);
    return shared.pop().orElseThrow();
  }
}
