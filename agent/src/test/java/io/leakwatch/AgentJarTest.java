package io.leakwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void isFoundWhateverItsNameAndItsFolderAre() throws Exception {
    Path spaced = Files.createDirectory(folder.resolve("a b %41 +ü"));
    Path jar = entry()
        .with(NestedJar.JAR, new byte[0])
        .with(NestedJar.INDEX, new byte[0])
        .write(spaced.resolve("renamed agent.jar"));

    assertThat(locateFrom(jar)).isEqualTo(jar.toFile());
  }

  @Test
  void saysThatItCannotRunFromInsideAnotherJar() throws Exception {
    Path jar = entry().write(folder.resolve("shop.jar"));

    assertThatThrownBy(() -> locateFrom(jar))
        .hasMessage(jar
            + " is not the whole agent (no inst/ in it); it cannot run from inside another jar, use"
            + " leakwatch.jar as it was built");
  }

  @Test
  void saysThatAFolderOfClassesIsNoJar() {
    assertThatThrownBy(AgentJar::locate)
        .isInstanceOf(AgentJar.UnusableJarException.class)
        .hasMessageEndingWith("classes is not a jar; start it with -javaagent:leakwatch.jar");
  }

  @Test
  void readsAnEntry() throws Exception {
    Path file = entry().with("some", new byte[] {1, 2}).write(folder.resolve("some.jar"));
    try (JarFile jar = new JarFile(file.toFile())) {
      assertThat(AgentJar.read(jar, "some")).containsExactly(1, 2);
    }
  }

  @Test
  void saysWhichEntryIsMissing() throws Exception {
    Path file = entry().write(folder.resolve("some.jar"));
    try (JarFile jar = new JarFile(file.toFile())) {
      assertThatThrownBy(() -> AgentJar.read(jar, "missing"))
          .isInstanceOf(AgentJar.UnusableJarException.class)
          .hasMessage(file + " is not the whole agent (no missing in it)");
    }
  }

  private static JarBuilder entry() throws Exception {
    return new JarBuilder()
        .withClass("", AgentJar.class)
        .withClass("", AgentJar.UnusableJarException.class)
        .withClass("", NestedJar.class);
  }

  /** As the class in {@code jar} sees it. */
  private static File locateFrom(Path jar) throws Exception {
    URL[] path = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Method locate = loader.loadClass(AgentJar.class.getName()).getDeclaredMethod("locate");
      locate.setAccessible(true);
      return (File) locate.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
