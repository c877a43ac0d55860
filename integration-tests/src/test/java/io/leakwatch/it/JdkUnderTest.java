package io.leakwatch.it;

import io.leakwatch.jdks.JdkSearch;
import java.nio.file.Path;
import java.util.List;

/**
 * A JDK to run the tests on.
 *
 * @param feature its feature version, such as 17
 * @param version its full version, such as {@code 17.0.15}
 * @param home its installation folder
 */
record JdkUnderTest(int feature, String version, Path home) {
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
  private static final List<JdkUnderTest> ALL = findAll();

  /** One JDK of each feature version that is installed here, the oldest first. */
  static List<JdkUnderTest> all() {
    return ALL;
  }

  /** Those of {@link #all} that have virtual threads; may be empty. */
  static List<JdkUnderTest> withVirtualThreads() {
    return ALL.stream().filter(JdkUnderTest::hasVirtualThreads).toList();
  }

  boolean hasVirtualThreads() {
    return feature >= FIRST_WITH_VIRTUAL_THREADS;
  }

  /** The path of one of its commands, such as {@code java}. */
  Path tool(String name) {
    return home.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }

  private static List<JdkUnderTest> findAll() {
    JdkSearch search = JdkSearch.onThisMachine();
    System.out.println(search.describe());
    return search.found().stream()
        .map(jdk -> new JdkUnderTest(jdk.feature(), jdk.version(), jdk.home()))
        .toList();
  }
}
