package io.leakwatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.QuoteService;
import com.acme.Redeployed;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentClassLoaderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private AgentClassLoader loader;

  @BeforeEach
  void makeJar() throws Exception {
    JarBuilder inner = new JarBuilder()
        .withClass("", Redeployed.class)
        .with("own.txt", "the agent's".getBytes(UTF_8))
        // The class path of the tests has one of the same name.
        .with("META-INF/MANIFEST.MF", "the agent's".getBytes(UTF_8));
    Path jar = new JarBuilder()
        .withNested(inner, folder)
        .with("root.txt", "everybody's".getBytes(UTF_8))
        .withClass("", QuoteService.class)
        .write(folder.resolve("leak watch %41.jar"));
    loader = new AgentClassLoader(jar.toFile(), getClass().getClassLoader());
  }

  @Test
  void hasItsOwnClassAlthoughItsParentHasOneOfThatName() throws Exception {
    Class<?> own = loader.loadClass(Redeployed.class.getName());

    assertThat(own).isNotSameAs(Redeployed.class);
    assertThat(own.getClassLoader()).isSameAs(loader);
    assertThat(loader.loadClass(Redeployed.class.getName())).isSameAs(own);
  }

  @Test
  void leavesToItsParentWhatIsNotInItsPartOfTheJar() throws Exception {
    assertThat(loader.loadClass(QuoteService.class.getName())).isSameAs(QuoteService.class);
    assertThat(loader.loadClass("java.lang.String")).isSameAs(String.class);
  }

  @Test
  void doesNotKnowClassesThatNeitherHas() {
    assertThatThrownBy(() -> loader.loadClass("com.acme.Missing"))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessageContaining("com.acme.Missing");
  }

  @Test
  void hasItsNameAndGivesItsClassesTheJarAsTheirSource() throws Exception {
    Class<?> own = loader.loadClass(Redeployed.class.getName());

    assertThat(loader.getName()).isEqualTo("leakwatch");
    assertThat(own.getProtectionDomain().getCodeSource().getLocation().getPath())
        .endsWith("/leak%20watch%20%2541.jar");
  }

  @Test
  void findsResourcesInItsPartOfTheJar() throws Exception {
    for (String name : new String[] {"own.txt", "META-INF/MANIFEST.MF"}) {
      try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(name))) {
        assertThat(in).hasContent("the agent's");
      }
    }
    String classFile = "/" + Redeployed.class.getName().replace('.', '/') + ".class";
    try (InputStream own =
            Objects.requireNonNull(loader.getResourceAsStream(classFile.substring(1)));
        InputStream other =
            Objects.requireNonNull(Redeployed.class.getResourceAsStream(classFile))) {
      assertThat(own.readAllBytes()).isEqualTo(other.readAllBytes());
    }
  }

  @Test
  void findsNoResourceOfTheRootOfTheJarNorOfItsParent() {
    for (String name : new String[] {"root.txt", "com/acme/QuoteService.class", "own", "n.txt"}) {
      assertThat(loader.getResourceAsStream(name)).isNull();
    }
  }

  @Test
  void hasNoAddressesForResources() {
    assertThat(loader.getResource("own.txt")).isNull();
    assertThat(Collections.list(loader.getResources("own.txt"))).isEmpty();
    assertThat(Collections.list(loader.getResources("com/acme/QuoteService.class")))
        .isEmpty();
  }

  @Test
  void saysThatAJarHasNoOtherInside() throws Exception {
    Path jar = new JarBuilder().with("root.txt", new byte[1]).write(folder.resolve("other.jar"));
    assertThatThrownBy(() -> new NestedJar(jar.toFile()))
        .isInstanceOf(AgentJar.UnusableJarException.class)
        .hasMessage(
            "there is no inst/agent.jar in the agent's jar; use leakwatch.jar as it was built");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "a text that is longer than the end of a jar"})
  void saysThatAFileIsNoJar(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("no.jar"), content);
    assertThatThrownBy(() -> new NestedJar(file.toFile()))
        .isInstanceOf(AgentJar.UnusableJarException.class)
        .hasMessage(file + " is no jar, or was changed; use leakwatch.jar as it was built");
  }

  @Test
  void saysThatTheJarWasPackedAnew() throws Exception {
    Path jar = folder.resolve("smaller.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(NestedJar.JAR));
      out.write(new byte[100]);
    }
    assertThatThrownBy(() -> new NestedJar(jar.toFile()))
        .isInstanceOf(AgentJar.UnusableJarException.class)
        .hasMessage(
            "inst/agent.jar in the agent's jar is compressed; use leakwatch.jar as it was built");
  }
}
