package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the finished jar is what an application's class loaders can see, so it is held here entry by entry. */
class FinishedJarIT {
  private static final File JAR = new File(System.getProperty("leakwatch.jar"));

  private final Path folder;

  FinishedJarIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void isSmall() {
    assertThat(JAR.length()).isLessThan(7_000_000);
  }

  @Test
  void atItsRootThereIsTheEntryAndTheBootBridgeOnly() throws IOException {
    assertThat(entries(JAR))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "inst/agent.index",
            "inst/agent.jar",
            "io/leakwatch/AgentClassLoader.class",
            "io/leakwatch/AgentJar$UnusableJarException.class",
            "io/leakwatch/AgentJar.class",
            "io/leakwatch/BootBridge.class",
            "io/leakwatch/JdkInternals.class",
            "io/leakwatch/JdkTool.class",
            "io/leakwatch/LeakwatchAgent.class",
            "io/leakwatch/Main.class",
            "io/leakwatch/NestedJar$Content.class",
            "io/leakwatch/NestedJar.class",
            "io/leakwatch/TrainingRun.class",
            "io/leakwatch/bootstrap/ExecutorListener.class",
            "io/leakwatch/bootstrap/Hooks.class",
            "io/leakwatch/bootstrap/ScopeHooks.class",
            "io/leakwatch/bootstrap/ScopeListener.class",
            "io/leakwatch/bootstrap/ScopeService$Running.class",
            "io/leakwatch/bootstrap/ScopeService.class",
            "io/leakwatch/bootstrap/TaskListener.class",
            "io/leakwatch/bootstrap/ThreadListener.class");
  }

  @Test
  void behindTheIsolatedLoaderThereIsTheAgentAndItsLibraries() throws IOException {
    List<String> packages = insideEntries()
        .filter(name -> name.endsWith(".class"))
        .map(name -> name.replaceFirst("((io/leakwatch|ch/qos/logback|org/slf4j)/).*", "$1"))
        .distinct()
        .toList();
    assertThat(packages)
        .containsExactlyInAnyOrder("io/leakwatch/", "ch/qos/logback/", "org/slf4j/");
  }

  @Test
  void ofTheBootBridgeThereIsNoSecondCopy() throws IOException {
    assertThat(insideEntries()).noneMatch(name -> name.startsWith("io/leakwatch/bootstrap/"));
  }

  @Test
  void noServiceNoModuleAndNoOtherVersionOfAClassIsInIt() throws IOException {
    assertThat(Stream.concat(entries(JAR), insideEntries()))
        .noneMatch(name -> name.contains("META-INF/services/"))
        .noneMatch(name -> name.contains("META-INF/versions/"))
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("servlet"));
  }

  @Test
  void theManifestNamesTheEntriesAndAsksForNoMoreThanItNeeds() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.leakwatch.LeakwatchAgent");
      assertThat(manifest.getValue("Agent-Class")).isEqualTo("io.leakwatch.LeakwatchAgent");
      assertThat(manifest.getValue("Main-Class")).isEqualTo("io.leakwatch.Main");
      assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(manifest.keySet().stream().map(Object::toString))
          .doesNotContain(
              "Boot-Class-Path", "Launcher-Agent-Class", "Multi-Release", "Can-Redefine-Classes");
    }
  }

  private Stream<String> insideEntries() throws IOException {
    Path inside = folder.resolve("agent.jar");
    try (JarFile jar = new JarFile(JAR);
        InputStream in = jar.getInputStream(jar.getEntry("inst/agent.jar"))) {
      Files.copy(in, inside, StandardCopyOption.REPLACE_EXISTING);
    }
    return entries(inside.toFile());
  }

  private static Stream<String> entries(File file) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .toList()
          .stream();
    }
  }
}
