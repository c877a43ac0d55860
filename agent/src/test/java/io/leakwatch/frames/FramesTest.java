package io.leakwatch.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Thread",
        "javax.net.ssl.SSLSocket",
        "jdk.internal.misc.Unsafe",
        "sun.nio.ch.EPoll",
        "com.sun.net.httpserver.HttpServer"
      })
  void knowsTheJdksClasses(String className) {
    assertThat(Frames.isJdk(className)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"javassist.ClassPool", "com.sunrise.App", "jdkx.App", "com.acme.java.App"})
  void doesNotTakeLookAlikesForTheJdks(String className) {
    assertThat(Frames.isJdk(className)).isFalse();
  }

  @Test
  void writesAFrameWithoutItsClassLoaderAndModule() {
    assertThat(Frames.text(new StackTraceElement(
            "app", "acme", "1.0", "com.acme.QuoteService", "quote", "QuoteService.java", 42)))
        .isEqualTo("com.acme.QuoteService.quote(QuoteService.java:42)");
  }

  @Test
  void writesWhatIsKnownOfAPlace() {
    assertThat(Frames.text(List.of(
            new StackTraceElement("com.acme.A", "a", null, -1),
            new StackTraceElement("com.acme.A", "a", null, 7),
            new StackTraceElement("com.acme.A", "a", "A.java", -1),
            new StackTraceElement("com.acme.A", "a", "A.java", -2))))
        .containsExactly(
            "com.acme.A.a(Unknown Source)",
            "com.acme.A.a(Unknown Source)",
            "com.acme.A.a(A.java)",
            "com.acme.A.a(Native Method)");
  }

  @Test
  void picksTheApplicationsFramesInTheirOrder() {
    List<StackTraceElement> stack = List.of(
        new StackTraceElement("java.util.ArrayList", "forEach", "ArrayList.java", 1),
        new StackTraceElement("com.acme.A", "a", "A.java", 2),
        new StackTraceElement("jdk.internal.misc.VM", "b", "VM.java", 3),
        new StackTraceElement("com.acme.C", "c", "C.java", 4),
        new StackTraceElement("com.acme.D", "d", "D.java", 5));

    assertThat(Frames.applicationFrames(stack, 2))
        .containsExactly("com.acme.A.a(A.java:2)", "com.acme.C.c(C.java:4)");
  }

  @Test
  void knowsEveryClassOfTheAgentAndNoOther() throws Exception {
    Path classes =
        Path.of(Frames.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      assertThat(files
              .map(file -> classes.relativize(file).toString())
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replace(".class", "").replace(File.separatorChar, '.')))
          .hasSizeGreaterThan(50)
          .allMatch(Frames::isAgent);
    }
    assertThat(Frames.isAgent("io.leakwatch.junit.LeakwatchExtension")).isFalse();
    assertThat(Frames.isAgent("io.leakwatchful.Task")).isFalse();
  }
}
