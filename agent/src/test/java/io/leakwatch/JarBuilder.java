package io.leakwatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Makes small jars by hand. */
final class JarBuilder {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  JarBuilder with(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  JarBuilder withClass(String prefix, Class<?> type) throws IOException {
    return with(prefix + type.getName().replace('.', '/') + ".class", classFile(type));
  }

  /** The jar inside, as the build makes it. */
  JarBuilder withNested(JarBuilder inner, Path folder) throws IOException, InterruptedException {
    Path jar = inner.write(folder.resolve("agent.jar"));
    Path index = folder.resolve("agent.index");
    Process build = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "src/build/java/IndexJar.java",
            jar.toString(),
            index.toString())
        .inheritIO()
        .start();
    if (build.waitFor() != 0) {
      throw new IOException("no index");
    }
    return with(NestedJar.JAR, Files.readAllBytes(jar))
        .with(NestedJar.INDEX, Files.readAllBytes(index));
  }

  /** Not compressed. */
  Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        JarEntry stored = new JarEntry(entry.getKey());
        CRC32 sum = new CRC32();
        sum.update(entry.getValue());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getValue().length);
        stored.setCrc(sum.getValue());
        jar.putNextEntry(stored);
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return file;
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }
}
