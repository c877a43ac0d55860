package io.leakwatch.jdks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {
  private final Path folder;

  JdkSearchTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "CI", matches = "true")
  void onCiNoInstalledJdkThatTheTestsNeedIsPassedOver() {
    assertThat(JdkSearch.onThisMachine().passedOver()).isEmpty();
  }

  @Test
  void oneJdkOfEachFeatureVersionIsFoundTheCurrentOneFirst() throws IOException {
    Path current = jdk("somewhere/current", "17.0.15");
    Path named = jdk("named/jdk", "21.0.2");
    Path fromVariable = jdk("variable/jdk", "25.0.3");
    jdk("jvm/jdk-17.0.1", "17.0.1");
    jdk("jvm/jdk-11", "11.0.2");
    Path bundle = jdk("jvm/temurin-24.jdk/Contents/Home", "24");

    JdkSearch search = new JdkSearch(
        current,
        List.of(named),
        Map.of("JAVA_HOME_25_X64", fromVariable.toString(), "HOME", "elsewhere"),
        List.of(folder.resolve("jvm"), folder.resolve("missing")));

    assertThat(search.found())
        .containsExactly(
            new Jdk(17, "17.0.15", current),
            new Jdk(21, "21.0.2", named),
            new Jdk(24, "24", bundle),
            new Jdk(25, "25.0.3", fromVariable));
    assertThat(search.passedOver()).isEmpty();
  }

  @Test
  void aWantedJdkThatIsMissingIsNamedAndIsNoMistake() throws IOException {
    Path current = jdk("jvm/jdk-17", "17.0.15");

    JdkSearch search = new JdkSearch(current, List.of(), Map.of(), List.of(folder.resolve("jvm")));

    assertThat(search.describe())
        .isEqualTo(
            "Tested on JDK 17.0.15 in " + current + "\nSKIPPED: JDK 25 is not installed here");
    assertThat(search.passedOver()).isEmpty();
  }

  @Test
  void aWantedJdkThatIsInstalledButNotUsableIsAMistake() throws IOException {
    Path current = jdk("jvm/jdk-17", "17.0.15");
    Path broken = jdk("jvm/temurin-25-jdk-amd64", "25.0.3");
    Files.delete(broken.resolve("release"));

    JdkSearch search = new JdkSearch(current, List.of(), Map.of(), List.of(folder.resolve("jvm")));

    assertThat(search.passedOver()).containsExactly(broken);
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.toRealPath().resolve(name));
    Files.createDirectories(home.resolve("bin"));
    for (String tool : List.of("java", "javac")) {
      assertThat(Files.createFile(home.resolve("bin").resolve(tool)).toFile().setExecutable(true))
          .isTrue();
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
