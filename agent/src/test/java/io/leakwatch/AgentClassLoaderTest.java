package io.leakwatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.QuoteService;
import com.acme.Redeployed;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentClassLoaderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private AgentClassLoader loader;

  @BeforeEach
  void makeJar() throws Exception {
    Path jar = new JarBuilder()
        .withClass("inst/", Redeployed.class)
        .with("inst/own.txt", "the agent's".getBytes(UTF_8))
        .with("root.txt", "everybody's".getBytes(UTF_8))
        // The class path of the tests has one of the same name.
        .with("inst/META-INF/MANIFEST.MF", "the agent's".getBytes(UTF_8))
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
    try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream("own.txt"))) {
      assertThat(in).hasContent("the agent's");
    }
    URL url = Objects.requireNonNull(loader.getResource("own.txt"));
    try (InputStream in = url.openStream()) {
      assertThat(in).hasContent("the agent's");
    }
    assertThat(Collections.list(loader.getResources("own.txt"))).containsExactly(url);
  }

  @Test
  void findsNoResourceOfTheRootOfTheJarNorOfItsParent() {
    for (String name : new String[] {"root.txt", "com/acme/QuoteService.class"}) {
      assertThat(loader.getResource(name)).isNull();
      assertThat(loader.getResourceAsStream(name)).isNull();
      assertThat(Collections.list(loader.getResources(name))).isEmpty();
    }
  }

  @Test
  void findsOnlyItsOwnOfSeveralResourcesOfOneName() {
    assertThat(Collections.list(loader.getResources("META-INF/MANIFEST.MF"))).hasSize(1);
  }
}
