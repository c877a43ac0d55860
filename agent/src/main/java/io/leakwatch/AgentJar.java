package io.leakwatch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The jar that the agent runs from. */
final class AgentJar {
  /** Where the agent's own classes and dependencies are, out of sight of other class loaders. */
  private static final String PREFIX = "inst/";

  private AgentJar() {}

  /**
   * The jar that this class was loaded from, whatever its name.
   *
   * @throws UnusableJarException when it is no complete agent jar (for one, because the entry classes were merged into
   *     another jar)
   */
  static File locate() throws Exception {
    CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new UnusableJarException(
          "the agent's jar cannot be found; start it with -javaagent:leakwatch.jar");
    }
    String location = source.getLocation().toString();
    if (!location.startsWith("file:")) {
      throw new UnusableJarException(
          location + " is inside another jar; start it with -javaagent:leakwatch.jar");
    }
    File file = new File(URI.create(location));
    if (!file.isFile()) {
      throw new UnusableJarException(
          file + " is not a jar; start it with -javaagent:leakwatch.jar");
    }
    try (JarFile jar = new JarFile(file)) {
      if (jar.getEntry(NestedJar.INDEX) == null || jar.getEntry(NestedJar.JAR) == null) {
        throw new UnusableJarException(file
            + " is not the whole agent (no "
            + PREFIX
            + " in it); it cannot run from inside another jar, use leakwatch.jar as it was built");
      }
    }
    return file;
  }

  /** The bytes of one entry. */
  static byte[] read(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      throw new UnusableJarException(
          jar.getName() + " is not the whole agent (no " + name + " in it)");
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** The message says it all to a user. */
  static final class UnusableJarException extends IOException {
    UnusableJarException(String message) {
      super(message);
    }
  }
}
