package io.leakwatch.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JVM to start with the agent in it. The last call names what to run and starts it:
 *
 * <pre>{@code
 * try (AgentProcess app = AgentJvm.on(jdk).sampleApp("channel")) {
 *   app.awaitFinding(finding -> finding.isConfirmed("SIGNAL_NEVER_COMES"));
 * }
 * }</pre>
 */
final class AgentJvm {
  /** The finished agent. */
  static final Path AGENT_JAR = Path.of(System.getProperty("leakwatch.jar", "")).normalize();

  /** Fast enough for a test, slow enough for a busy machine. */
  static final String QUICK = "interval=500ms,warmup=2s,report-interval=2s";

  private static final Path SAMPLE_APP_JAR =
      Path.of(System.getProperty("leakwatch.sample-app.jar", "")).normalize();

  private final JdkUnderTest jdk;
  private final List<String> prefix = new ArrayList<>();
  private final List<String> jvmArgsAhead = new ArrayList<>();
  private final List<String> jvmArgs = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private @Nullable Path agentJar = AGENT_JAR;
  private boolean json = true;

  private AgentJvm(JdkUnderTest jdk) {
    this.jdk = jdk;
    options(QUICK);
  }

  /** A JVM of that JDK, with the agent and {@link #QUICK} options, JSON reports included. */
  static AgentJvm on(JdkUnderTest jdk) {
    return new AgentJvm(jdk);
  }

  /** Adds agent options, written as the agent takes them, to the quick ones or in their place. */
  AgentJvm options(String more) {
    for (String option : more.split(",", -1)) {
      String[] keyAndValue = option.split("=", 2);
      options.put(keyAndValue[0], keyAndValue[1]);
    }
    return this;
  }

  /** Leaves out the JSON reports, and whatever else was to be given. */
  AgentJvm withoutOptions() {
    options.clear();
    json = false;
    return this;
  }

  /** Takes the agent from another jar. */
  AgentJvm agentJar(Path jar) {
    agentJar = jar;
    return this;
  }

  AgentJvm withoutAgent() {
    agentJar = null;
    return this;
  }

  AgentJvm jvmArgs(String... args) {
    jvmArgs.addAll(List.of(args));
    return this;
  }

  /** The same, but they come before the agent. */
  AgentJvm jvmArgsAhead(String... args) {
    jvmArgsAhead.addAll(List.of(args));
    return this;
  }

  /** Has the whole command run by another one, which must become it in the end. */
  AgentJvm inside(List<String> command) {
    prefix.addAll(command);
    return this;
  }

  /** Adds to the class path of what {@link #main} and {@link #source} run. */
  AgentJvm classPath(Path... entries) {
    classPath.addAll(List.of(entries));
    return this;
  }

  AgentJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Starts the sample application. */
  AgentProcess sampleApp(String... args) {
    return jar(SAMPLE_APP_JAR, args);
  }

  /** Starts a jar. */
  AgentProcess jar(Path jar, String... args) {
    return startJava(List.of("-jar", jar.toString()), args);
  }

  /** Starts a program of this module; the sample application's classes are on its class path. */
  AgentProcess main(Class<?> program, String... args) {
    classPath.add(Jars.of(program));
    classPath.add(SAMPLE_APP_JAR);
    return mainNamed(program.getName(), args);
  }

  /** Starts a class of the class path. */
  AgentProcess mainNamed(String program, String... args) {
    return startJava(List.of("-cp", joined(classPath), program), args);
  }

  /** Compiles and starts one source file, as {@code java File.java} does. */
  AgentProcess source(Path file, String... args) {
    List<String> target = new ArrayList<>();
    if (!classPath.isEmpty()) {
      target.addAll(List.of("-cp", joined(classPath)));
    }
    target.add(file.toString());
    return startJava(target, args);
  }

  /** Starts a module, written {@code module/main.Class}. */
  AgentProcess module(List<Path> modulePath, String module, String... args) {
    return startJava(List.of("-p", joined(modulePath), "-m", module), args);
  }

  /** Starts another command of the JDK, with the agent in {@code JAVA_TOOL_OPTIONS}. */
  AgentProcess tool(String name, String... args) {
    Path folder = newFolder();
    agentArgument(folder).ifPresent(argument -> environment("JAVA_TOOL_OPTIONS", argument));
    List<String> command = new ArrayList<>(List.of(jdk.tool(name).toString()));
    command.addAll(List.of(args));
    return AgentProcess.start(command, environment, folder);
  }

  private AgentProcess startJava(List<String> target, String... args) {
    Path folder = newFolder();
    List<String> command = Stream.of(
            prefix.stream(),
            Stream.of(jdk.tool("java").toString()),
            jvmArgsAhead.stream(),
            agentArgument(folder).stream(),
            jvmArgs.stream(),
            target.stream(),
            Arrays.stream(args))
        .flatMap(part -> part)
        .toList();
    return AgentProcess.start(command, environment, folder);
  }

  private Optional<String> agentArgument(Path folder) {
    List<String> all = new ArrayList<>();
    options.forEach((key, value) -> all.add(key + "=" + value));
    if (json && !options.containsKey("json")) {
      all.add("json=" + folder.resolve(AgentProcess.REPORTS));
    }
    return Optional.ofNullable(agentJar)
        .map(jar -> "-javaagent:" + jar + (all.isEmpty() ? "" : "=" + String.join(",", all)));
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("leakwatch-it-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
