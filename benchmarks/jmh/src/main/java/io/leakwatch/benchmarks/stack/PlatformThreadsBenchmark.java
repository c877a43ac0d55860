package io.leakwatch.benchmarks.stack;

import com.acme.stack.ConcurrentStack;
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

/** Platform threads that push and pop on one stack without a pause; an operation is a push and a pop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class PlatformThreadsBenchmark {
  private static final Integer ELEMENT = 1;

  @Param
  private StackKind stack = StackKind.MUTEX;

  private ConcurrentStack<Integer> shared = stack.newStack();

  @Setup(Level.Iteration)
  public void makeStack() {
    shared = stack.newStack();
  }

  @Benchmark
  @Threads(1)
  public Integer threads01() {
    return pushAndPop();
  }

  @Benchmark
  @Threads(2)
  public Integer threads02() {
    return pushAndPop();
  }

  @Benchmark
  @Threads(4)
  public Integer threads04() {
    return pushAndPop();
  }

  @Benchmark
  @Threads(16)
  public Integer threads16() {
    return pushAndPop();
  }

  @Benchmark
  @Threads(64)
  public Integer threads64() {
    return pushAndPop();
  }

  private Integer pushAndPop() {
    shared.push(ELEMENT);
    return shared.pop().orElseThrow();
  }
}
