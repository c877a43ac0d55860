package io.leakwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainClassTest {
  @Test
  void comesFromTheCommandLine() {
    assertThat(MainClass.of("com.acme.Main --port 80")).isEqualTo("com.acme.Main");
    assertThat(MainClass.of("acme.shop/com.acme.Main")).isEqualTo("com.acme.Main");
    assertThat(MainClass.of("com.acme.Main")).isEqualTo("com.acme.Main");
  }

  @Test
  void isUnknownWithoutACommandLineOrItsJar() {
    assertThat(MainClass.of(null)).isEmpty();
    assertThat(MainClass.of("gone.jar --port 80")).isEmpty();
  }

  @Test
  void comesFromTheManifestOfAJar(@TempDir File folder) throws IOException {
    assertThat(MainClass.of(jar(folder, "com.acme.Main", "") + " --port 80"))
        .isEqualTo("com.acme.Main");
    assertThat(MainClass.of(
            jar(folder, "org.springframework.boot.loader.JarLauncher", "com.acme.Shop")))
        .isEqualTo("com.acme.Shop");
  }

  private static String jar(File folder, String main, String start) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
    if (!start.isEmpty()) {
      manifest.getMainAttributes().putValue("Start-Class", start);
    }
    File file = new File(folder, "app.jar");
    new JarOutputStream(new FileOutputStream(file), manifest).close();
    return file.getPath();
  }
}
