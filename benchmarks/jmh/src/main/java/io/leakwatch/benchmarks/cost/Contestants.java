package io.leakwatch.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a JVM is started with, for each contestant. Nothing is sent anywhere: what exports is off, or speaks to a closed port. */
final class Contestants {
  private static final List<String> EVENTS =
      List.of("ThreadStart", "ThreadEnd", "VirtualThreadStart", "VirtualThreadEnd");

  private final Path leakwatch;
  private final String leakwatchOptions;
  private final Path otherAgents;
  private final Path folder;
  private final Path empty;
  private final Path jfrSettings;

  /**
   * Makes the empty agent and the settings of JFR.
   *
   * @param otherAgents the folder that has the other agents; those that are not there do not take part
   * @param folder gets the files
   */
  Contestants(Path leakwatch, String leakwatchOptions, Path otherAgents, Path folder)
      throws IOException {
    this.leakwatch = leakwatch.toAbsolutePath();
    this.leakwatchOptions = leakwatchOptions;
    this.otherAgents = otherAgents.toAbsolutePath();
    this.folder = folder;
    empty = EmptyAgent.jarIn(folder);
    jfrSettings = folder.resolve("threads.jfc");
    Files.writeString(jfrSettings, jfrSettings());
  }

  /** Those that can take part here. */
  List<Contestant> present() {
    return Arrays.stream(Contestant.values())
        .filter(contestant -> switch (contestant) {
          case OPENTELEMETRY -> Files.exists(openTelemetry());
          case DATADOG -> Files.exists(datadog());
          default -> true;
        })
        .toList();
  }

  /** The arguments of a JVM with it. */
  List<String> arguments(Contestant contestant) {
    return switch (contestant) {
      case NONE -> List.of();
      case LEAKWATCH -> leakwatch("");
      case EMPTY -> List.of("-javaagent:" + empty);
      case JFR ->
        List.of(
            "-XX:StartFlightRecording=settings=" + jfrSettings + ",maxsize=50m",
            "-XX:FlightRecorderOptions=repository=" + folder.resolve("jfr"));
      case OPENTELEMETRY ->
        List.of(
            "-javaagent:" + openTelemetry(),
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none");
      case DATADOG ->
        List.of(
            "-javaagent:" + datadog(),
            "-Ddd.trace.agent.url=http://127.0.0.1:9",
            "-Ddd.instrumentation.telemetry.enabled=false",
            "-Ddd.remote_config.enabled=false",
            "-Ddd.jmxfetch.enabled=false",
            "-Ddd.profiling.enabled=false",
            "-Ddd.crashtracking.enabled=false",
            "-Ddd.trace.startup.logs=false");
    };
  }

  /** The arguments of a JVM with Leakwatch and these options on top of those that were asked for; may be empty. */
  List<String> leakwatch(String more) {
    String options = Stream.of(leakwatchOptions, more)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(","));
    return List.of("-javaagent:" + leakwatch + (options.isEmpty() ? "" : "=" + options));
  }

  /** Leakwatch's jar. */
  Path leakwatchJar() {
    return leakwatch;
  }

  private Path openTelemetry() {
    return otherAgents.resolve("opentelemetry-javaagent.jar");
  }

  private Path datadog() {
    return otherAgents.resolve("dd-java-agent.jar");
  }

  private static String jfrSettings() {
    List<String> lines = new ArrayList<>();
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    lines.add("<configuration version=\"2.0\">");
    for (String event : EVENTS) {
      lines.add("  <event name=\"jdk." + event + "\">");
      lines.add("    <setting name=\"enabled\">true</setting>");
      lines.add("    <setting name=\"stackTrace\">true</setting>");
      lines.add("  </event>");
    }
    lines.add("</configuration>");
    return String.join("\n", lines) + "\n";
  }
}
