package io.leakwatch.benchmarks.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Benchmarks in rounds: each runs every benchmark once with every parameter, in a JVM of its own, so that a machine that gets
 * slower or faster meanwhile does so for all of them.
 */
final class Rounds {
  private static final int USUAL = 3;

  /**
   * What one run gave.
   *
   * @param run the benchmark and its parameters
   * @param pairsPerMicrosecond pairs of push and pop
   * @param bytesPerPair allocated
   */
  record Figure(RunResult run, double pairsPerMicrosecond, double bytesPerPair) {
    String parameter(String name) {
      return run.getParams().getParam(name);
    }
  }

  private Rounds() {}

  /** How many rounds the command line asks for. */
  static int asked(String[] args) {
    return args.length == 0 ? USUAL : Integer.parseInt(args[0]);
  }

  /** Runs all benchmarks of the classes, in the same order in each round. */
  static List<Figure> run(int rounds, Class<?>... benchmarks) throws RunnerException {
    OptionsBuilder builder = new OptionsBuilder();
    for (Class<?> benchmark : benchmarks) {
      builder.include(benchmark.getName());
    }
    Options options = builder
        .forks(1)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(700))
        .measurementIterations(2)
        .measurementTime(TimeValue.milliseconds(700))
        .timeUnit(TimeUnit.MICROSECONDS)
        .addProfiler(GCProfiler.class)
        .build();
    List<Figure> figures = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      new Runner(options).run().forEach(result -> figures.add(figure(result)));
    }
    return figures;
  }

  private static Figure figure(RunResult result) {
    double pairs = Double.parseDouble(result.getParams().getParam("pairs"));
    Result<?> bytes =
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
    return new Figure(
        result, result.getPrimaryResult().getScore() * pairs, bytes.getScore() / pairs);
  }
}
