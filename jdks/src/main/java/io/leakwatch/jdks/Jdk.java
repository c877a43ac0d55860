package io.leakwatch.jdks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A JDK that compiles and runs programs.
 *
 * @param feature its feature version, such as 17
 * @param version its full version
 * @param home its installation folder
 */
public record Jdk(int feature, String version, Path home) {
  private static final int OLDEST = 17;
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  /**
   * One JDK of each feature version from 17 on, the oldest first: the one that runs this, then those of the property
   * {@code leakwatch.jdks}, of {@code JAVA_HOME_*} and of the usual install folders.
   */
  public static List<Jdk> onThisMachine() {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Stream.of(System.getProperty("leakwatch.jdks", "").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isBlank())
        .forEach(entry -> homes.add(Path.of(entry)));
    new TreeMap<>(System.getenv()).forEach((name, value) -> {
      if (name.startsWith("JAVA_HOME_")) {
        homes.add(Path.of(value));
      }
    });
    Path user = Path.of(System.getProperty("user.home"));
    Stream.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/opt/jdk"),
            user.resolve(".jdks"),
            user.resolve(".sdkman/candidates/java"))
        .forEach(folder -> homes.addAll(children(folder)));
    TreeMap<Integer, Jdk> found = new TreeMap<>();
    homes.forEach(home -> at(home).ifPresent(jdk -> found.putIfAbsent(jdk.feature, jdk)));
    return List.copyOf(found.values());
  }

  /**
   * Those of {@code found} that a text such as {@code 17,25} names by feature version; all of them when it is empty.
   *
   * @throws IllegalArgumentException if one is not found
   */
  public static List<Jdk> named(String features, List<Jdk> found) {
    if (features.isEmpty()) {
      return found;
    }
    return Stream.of(features.split(",", -1))
        .map(feature -> found.stream()
            .filter(jdk -> feature.equals("" + jdk.feature))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no JDK " + feature + " among " + found)))
        .toList();
  }

  /** The JDK of that folder, if it is one of 17 or later. */
  public static Optional<Jdk> at(Path home) {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      int feature = Runtime.Version.parse(version).feature();
      return Files.isExecutable(home.resolve("bin/javac")) && feature >= OLDEST
          ? Optional.of(new Jdk(feature, version, home.toRealPath()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether it has virtual threads as other than a preview. */
  public boolean hasVirtualThreads() {
    return feature >= FIRST_WITH_VIRTUAL_THREADS;
  }

  /** The path of one of its commands, such as {@code java}. */
  public String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
