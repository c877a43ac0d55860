package io.leakwatch.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedCodeTest {
  private static final String LOADED = LoadedFromElsewhere.class.getName();

  /** Stands for a class of some jar or folder: it is defined anew with that location. */
  static class LoadedFromElsewhere {}

  @ParameterizedTest
  @CsvSource({
    "file:/app/classes/,                              com.other.Main,      true",
    "file:/app/lib/acme-shop.jar,                     com.other.Main,      false",
    "file:/app/lib/acme-shop.jar,                     io.leakwatch.x.Main, true",
    "jar:file:/app.jar!/BOOT-INF/classes!/,           com.other.Main,      true",
    "jar:nested:/app.jar/!BOOT-INF/classes/!/,        com.other.Main,      true",
    "jar:file:/app.jar!/BOOT-INF/lib/netty.jar!/,     com.other.Main,      false",
    "file:/tomcat/webapps/shop/WEB-INF/classes/,      org.apache.catalina.startup.Bootstrap, true",
    "file:/tomcat/webapps/shop/WEB-INF/lib/netty.jar, org.apache.catalina.startup.Bootstrap, false",
    "file:/app/lib/acme-shop.jar,                     '',                  false",
  })
  void aClassIsTheApplicationsByWhereItWasLoadedFrom(
      String location, String mainClass, boolean application) throws Exception {
    LoadedCode code = new LoadedCode(jvmWith(loadedFrom(location)), mainClass);

    assertThat(code.isApplication(LOADED)).isEqualTo(application);
  }

  @Test
  void theJdksClassesAreNobodys() {
    assertThat(new LoadedCode(jvmWith(), "").isApplication("java.lang.Thread")).isFalse();
  }

  @Test
  void aClassThatIsNotLoadedAnyMoreGetsTheBenefitOfTheDoubt() {
    assertThat(new LoadedCode(jvmWith(), "").isApplication("com.acme.Gone")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.shop.Cart, com.acme",
    "com.acme.Main, com.acme",
    "corpus.p02.Main, corpus.p02",
    "shop.Main, shop",
    "Main, ''",
    "org.apache.kafka.clients.Producer, org.apache.kafka",
    "org.apache.Main, org.apache",
  })
  void aPackageFamilyStandsForAnOwner(String className, String family) {
    assertThat(PackageFamily.of(className)).isEqualTo(family);
  }

  private static Instrumentation jvmWith(Class<?>... loaded) {
    return (Instrumentation) Proxy.newProxyInstance(
        LoadedCodeTest.class.getClassLoader(),
        new Class<?>[] {Instrumentation.class},
        (proxy, method, args) -> loaded);
  }

  private static Class<?> loadedFrom(String location) throws Exception {
    byte[] bytes;
    try (var in =
        LoadedCodeTest.class.getResourceAsStream("LoadedCodeTest$LoadedFromElsewhere.class")) {
      bytes = java.util.Objects.requireNonNull(in).readAllBytes();
    }
    URL url = new URL(null, location, new Unopened());
    ProtectionDomain domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null);
    return new ClassLoader(LoadedCodeTest.class.getClassLoader()) {
      Class<?> define() {
        return defineClass(LOADED, bytes, 0, bytes.length, domain);
      }
    }.define();
  }

  /** So that locations of any protocol can be written down. */
  private static final class Unopened extends java.net.URLStreamHandler {
    @Override
    protected java.net.@Nullable URLConnection openConnection(URL url) {
      return null;
    }

    @Override
    protected void parseURL(URL url, String spec, int start, int limit) {
      setURL(
          url, url.getProtocol(), null, -1, null, null, spec.substring(start, limit), null, null);
    }
  }
}
