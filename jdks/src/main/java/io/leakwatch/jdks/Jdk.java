package io.leakwatch.jdks;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JDK that compiles and runs programs.
 *
 * @param feature its feature version, such as 17
 * @param version its full version
 * @param home its installation folder
 */
public record Jdk(int feature, String version, Path home) {
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  /** One JDK of each feature version from 17 on, the oldest first; see {@link JdkSearch}. */
  public static List<Jdk> onThisMachine() {
    return JdkSearch.onThisMachine().found();
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

  /** Whether it has virtual threads as other than a preview. */
  public boolean hasVirtualThreads() {
    return feature >= FIRST_WITH_VIRTUAL_THREADS;
  }

  /** The path of one of its commands, such as {@code java}. */
  public String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
