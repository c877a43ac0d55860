package io.leakwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.runtime.Leakwatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;

/** Which package may use which: what the package comments say, held by the class files. */
class ArchitectureTest {
  private static final String ROOT = "io.leakwatch";

  /** Beside the JDK and itself. Nothing is said of what a package uses by name only. */
  private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
      Map.entry(ROOT, Set.of()),
      Map.entry("bootstrap", Set.of()),
      Map.entry("frames", Set.of()),
      Map.entry("text", Set.of()),
      Map.entry("tasks", Set.of()),
      Map.entry("finding", Set.of("tasks")),
      Map.entry("config", Set.of("finding", "text")),
      Map.entry("cli", Set.of("config", "text", "finding", "prove", "report")),
      Map.entry("prove.heap", Set.of()),
      Map.entry("prove", Set.of("prove.heap", "finding", "frames", "text")),
      Map.entry("instrument", Set.of("bootstrap")),
      Map.entry("registry", Set.of("bootstrap", "frames")),
      Map.entry("sample", Set.of("registry", "frames", "tasks")),
      Map.entry("detect", Set.of("sample", "finding", "frames")),
      Map.entry("report", Set.of("finding", "tasks", "text", "ch.qos.logback", "org.slf4j")),
      Map.entry(
          "scope",
          Set.of(
              "bootstrap",
              "config",
              "registry",
              "sample",
              "detect",
              "finding",
              "report",
              "frames")),
      Map.entry(
          "runtime",
          Set.of(
              "bootstrap",
              "frames",
              "finding",
              "tasks",
              "config",
              "cli",
              "instrument",
              "registry",
              "sample",
              "detect",
              "prove",
              "report",
              "scope")));

  private static final Set<String> JDK = ModuleLayer.boot().modules().stream()
      .flatMap(m -> m.getPackages().stream())
      .collect(Collectors.toSet());

  /** Package to the packages it uses, without the JDK's, itself and the annotations of jspecify. */
  private final Map<String, Set<String>> uses = new TreeMap<>();

  private final Map<String, Set<String>> jdkPackages = new TreeMap<>();

  ArchitectureTest() throws Exception {
    URI classes =
        Leakwatch.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    try (Stream<Path> files = Files.walk(Path.of(classes))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        read(file);
      }
    }
  }

  @Test
  void everyPackageUsesOnlyWhatItsCommentSays() {
    List<String> broken = new ArrayList<>();
    uses.forEach((from, used) -> used.forEach(to -> {
      if (MAY_USE.getOrDefault(from, Set.of()).stream().noneMatch(may -> isIn(to, may))) {
        broken.add(from + " -> " + to);
      }
    }));

    assertThat(broken).isEmpty();
  }

  @Test
  void everyPackageHasItsRule() {
    assertThat(MAY_USE.keySet()).containsExactlyInAnyOrderElementsOf(uses.keySet());
  }

  @Test
  void theRulesHaveNoCycle() {
    Set<String> settled = new HashSet<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Map.Entry<String, Set<String>> entry : MAY_USE.entrySet()) {
        boolean free = entry.getValue().stream()
            .allMatch(to -> settled.contains(to) || !MAY_USE.containsKey(to));
        progress |= free && settled.add(entry.getKey());
      }
    }

    assertThat(settled).isEqualTo(MAY_USE.keySet());
  }

  @Test
  void onlyTheRuntimeUsesTheInstrumentation() {
    assertThat(uses.entrySet())
        .filteredOn(e -> e.getValue().contains("instrument"))
        .extracting(Map.Entry::getKey)
        .containsExactly("runtime");
  }

  /** Boot-side classes, and what runs in premain before anything else. */
  @Test
  void theBridgeUsesTheBaseModuleOnly() {
    assertThat(jdkPackages.get("bootstrap"))
        .isNotEmpty()
        .allMatch(p -> Object.class.getModule().getPackages().contains(p));
  }

  /** None of them on the premain path: the application sets these up, or the JVM is not ready for them. */
  @Test
  void whatRunsInPremainTouchesNoLoggingNoManagementAndNoHttpClient() {
    for (String inPremain :
        List.of(ROOT, "bootstrap", "config", "instrument", "registry", "sample", "runtime")) {
      assertThat(jdkPackages.get(inPremain))
          .as(inPremain)
          .noneMatch(p -> p.startsWith("java.util.logging")
              || p.startsWith("java.lang.management")
              || p.startsWith("javax.management")
              || p.startsWith("java.net.http")
              || p.startsWith("java.nio.file"));
    }
  }

  private void read(Path file) throws IOException {
    ClassReader reader = new ClassReader(Files.readAllBytes(file));
    String from = layer(packageOf(reader.getClassName()));
    Set<String> used = uses.computeIfAbsent(from, k -> new TreeSet<>());
    Set<String> jdk = jdkPackages.computeIfAbsent(from, k -> new TreeSet<>());
    Remapper collector = new Remapper(net.bytebuddy.jar.asm.Opcodes.ASM9) {
      @Override
      public String map(String internalName) {
        String to = packageOf(internalName);
        if (JDK.contains(to)) {
          jdk.add(to);
        } else if (!to.startsWith("org.jspecify.") && !layer(to).equals(from)) {
          used.add(layer(to));
        }
        return internalName;
      }
    };
    reader.accept(new ClassRemapper(new ClassWriter(0), collector), 0);
  }

  private static boolean isIn(String name, String allowed) {
    return name.equals(allowed) || name.startsWith(allowed + ".");
  }

  private static String layer(String name) {
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : name;
  }

  private static String packageOf(String internalName) {
    int slash = internalName.lastIndexOf('/');
    return slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
  }
}
