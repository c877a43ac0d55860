package io.leakwatch.benchmarks.cost;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.LoadClient.Load;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A server under load, with each contestant; client and servers share the machine. The servers of a set are all alive, and
 * are asked by turns. The CPU time of a request, of the whole server process, depends the least on what else runs.
 */
final class ServerCosts implements Measurement {
  private static final double GOAL_THROUGHPUT = 0.99;
  private static final double GOAL_P99 = 1.02;
  private static final int HEAP_MEGABYTES = 256;

  /** What a contestant gave in a turn, over what its reference gave in the same turn. */
  private record Slice(double perSecond, double p99Micros, double cpuMicros) {}

  /** A server that runs, with its connections. */
  private record Served(ForkedJvm jvm, LoadClient client) {}

  @Override
  public String name() {
    return "server";
  }

  @Override
  public String measure(Bench bench) throws IOException, InterruptedException {
    Table table = new Table(List.of(
        "server, threads",
        "",
        "requests/s",
        "÷ reference",
        "goal",
        "p99, µs",
        "÷ reference",
        "goal",
        "CPU µs a request",
        "÷ reference"));
    for (String server : servers(bench)) {
      rows(table, server.replace(" ", ", "), measure(bench, server));
    }
    return table.toString();
  }

  /** The server and the kind of its threads. With --quick each of both once: they take their time to start. */
  private static List<String> servers(Bench bench) {
    if (!bench.jdk().hasVirtualThreads()) {
      return List.of("tomcat platform", "jetty platform");
    }
    return bench.options().isQuick()
        ? List.of("tomcat platform", "jetty virtual")
        : List.of("tomcat platform", "tomcat virtual", "jetty platform", "jetty virtual");
  }

  private static Map<Contestant, List<Slice>> measure(Bench bench, String server)
      throws IOException {
    List<Contestant> contestants = bench.options().isQuick()
        ? List.of(Contestant.EMPTY, Contestant.LEAKWATCH)
        : bench.contestants().present();
    // Of a process the JVM tells CPU time in steps of 10 ms: a slice takes some hundred.
    int requests = bench.options().either(2_000, 20);
    Map<Contestant, List<Slice>> slices = new EnumMap<>(Contestant.class);
    for (int round = 0; round < Math.min(3, bench.rounds(3)); round++) {
      Map<Contestant, LoadClient> clients = new EnumMap<>(Contestant.class);
      try (Forks forks = new Forks(
          contestants,
          contestant -> bench.start(
              contestant, bench.contestants().arguments(contestant), false, HEAP_MEGABYTES))) {
        forks.each((contestant, jvm) -> {
          LoadClient client = connect(jvm, server);
          clients.put(contestant, client);
          for (int i = 0; i < bench.options().either(10, 1); i++) {
            slice(new Served(jvm, client), requests);
          }
        });
        for (int turn = 0; turn < bench.options().number("--slices", 10, 1); turn++) {
          forks.each((contestant, jvm) -> {
            Served served = new Served(jvm, Objects.requireNonNull(clients.get(contestant)));
            slices.computeIfAbsent(contestant, c -> new ArrayList<>()).add(slice(served, requests));
          });
          forks.reverse();
        }
      } finally {
        clients.values().forEach(LoadClient::close);
      }
    }
    return slices;
  }

  private static LoadClient connect(ForkedJvm jvm, String server) {
    try {
      return new LoadClient((int) jvm.askNumber("serve " + server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Slice slice(Served served, int requests) {
    try {
      long before = served.jvm().askNumber("process");
      Load load = served.client().send(requests);
      long nanos = served.jvm().askNumber("process") - before;
      return new Slice(
          load.perSecond(), load.p99Micros(), nanos / 1e3 / requests / LoadClient.CONNECTIONS);
    } catch (IOException e) {
      throw new MeasurementFailed("a server failed: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void rows(Table table, String server, Map<Contestant, List<Slice>> slices) {
    int turns = slices.getOrDefault(Contestant.EMPTY, List.of()).size();
    slices.forEach((contestant, own) -> {
      List<Slice> reference = slices.getOrDefault(contestant.reference(), List.of());
      if (own.size() < turns) {
        table.add(List.of(server, contestant.title(), "died", "", "", "", "", "", "", ""));
        return;
      }
      Spread perSecond = ratio(own, reference, Slice::perSecond);
      Spread p99 = ratio(own, reference, Slice::p99Micros);
      boolean ours = contestant == Contestant.LEAKWATCH;
      table.add(List.of(
          server,
          contestant.title(),
          "%.0f".formatted(median(own, Slice::perSecond)),
          perSecond.cell(3),
          ours ? Goal.atLeast(GOAL_THROUGHPUT, "").cell(perSecond.median()) : "",
          "%.0f".formatted(median(own, Slice::p99Micros)),
          p99.cell(3),
          ours ? Goal.atMost(GOAL_P99, "").cell(p99.median()) : "",
          "%.1f".formatted(median(own, Slice::cpuMicros)),
          ratio(own, reference, Slice::cpuMicros).cell(3)));
    });
  }

  /** Turn by turn; of itself where the reference did not take part. */
  private static Spread ratio(List<Slice> own, List<Slice> other, ToDoubleFunction<Slice> figure) {
    List<Slice> reference = other.isEmpty() ? own : other;
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(reference.get(i)));
    }
    return Spread.of(ratios);
  }

  private static double median(List<Slice> slices, ToDoubleFunction<Slice> figure) {
    return Spread.of(slices.stream().map(s -> figure.applyAsDouble(s)).toList()).median();
  }
}
