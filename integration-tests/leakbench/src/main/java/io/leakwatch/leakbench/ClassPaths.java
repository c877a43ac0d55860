package io.leakwatch.leakbench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of each set of libraries, resolved by Maven itself, so that its settings, mirrors and local
 * repository are used. Each set has a pom of its own in a work folder: the programs need versions of one library that
 * exclude each other.
 */
final class ClassPaths {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";
  private static final String HEAD = """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>leakbench</groupId>
        <artifactId>%s</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
      """;

  private final Path folder;
  private final Map<List<String>, String> resolved = new LinkedHashMap<>();

  /**
   * @param folder what is resolved is kept there, for the next time too
   */
  ClassPaths(Path folder) {
    this.folder = folder;
  }

  /**
   * Resolves sets of libraries, those that are not known yet in one run of Maven.
   *
   * @throws IllegalStateException with what Maven says, if one cannot be resolved
   */
  void resolve(Collection<List<String>> sets) throws IOException {
    List<String> modules = new ArrayList<>();
    for (List<String> set : sets.stream().distinct().toList()) {
      if (!set.isEmpty() && !isResolved(set)) {
        Path module = Files.createDirectories(moduleOf(set));
        Files.writeString(module.resolve("pom.xml"), pom(set));
        modules.add("  <module>" + module.getFileName() + "</module>\n");
      }
    }
    if (!modules.isEmpty()) {
      Path aggregator = folder.resolve("pom.xml");
      Files.writeString(
          aggregator,
          HEAD.formatted("all")
              + modules.stream().collect(Collectors.joining("", "  <modules>\n", "  </modules>\n"))
              + "</project>\n");
      Command.require(command(aggregator), folder.resolve("maven.out"), Duration.ofMinutes(30));
    }
    for (List<String> set : sets) {
      resolved.put(set, set.isEmpty() ? "" : Files.readString(resultOf(set)).strip());
    }
  }

  /** The class path of a set that was resolved; empty if it has no libraries. */
  String of(List<String> set) {
    String classPath = resolved.get(set);
    if (classPath == null) {
      throw new IllegalArgumentException("not resolved: " + set);
    }
    return classPath;
  }

  private static List<String> command(Path aggregator) {
    String repository = System.getProperty("leakbench.maven.repo.local");
    return Stream.of(
            Stream.of(System.getProperty("leakbench.mvn", "mvn"), "-q", "-B", "-ntp"),
            Stream.ofNullable(repository).map(path -> "-Dmaven.repo.local=" + path),
            Stream.of("-f", aggregator.toAbsolutePath().toString(), GOAL),
            Stream.of("-Dmdep.includeScope=runtime", "-Dmdep.outputFile=class-path.txt"))
        .flatMap(part -> part)
        .toList();
  }

  private boolean isResolved(List<String> set) throws IOException {
    Path result = resultOf(set);
    return Files.exists(result)
        && Files.readString(moduleOf(set).resolve("pom.xml")).equals(pom(set))
        && Stream.of(Files.readString(result).strip().split(File.pathSeparator, -1))
            .allMatch(jar -> Files.exists(Path.of(jar)));
  }

  private Path resultOf(List<String> set) {
    return moduleOf(set).resolve("class-path.txt");
  }

  private Path moduleOf(List<String> set) {
    String first = set.get(0).split(":", -1)[1];
    return folder.resolve(first + "-" + Integer.toHexString(set.hashCode()));
  }

  private String pom(List<String> set) {
    return set.stream()
        .map(ClassPaths::dependency)
        .collect(Collectors.joining(
            "",
            HEAD.formatted(moduleOf(set).getFileName()) + "  <dependencies>\n",
            "  </dependencies>\n</project>\n"));
  }

  private static String dependency(String coordinates) {
    String[] part = coordinates.split(":", -1);
    if (part.length != 3) {
      throw new IllegalArgumentException("group:artifact:version expected: " + coordinates);
    }
    return "    <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>%n"
        .formatted(part[0], part[1], part[2]);
  }
}
