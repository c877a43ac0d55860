package io.leakwatch.it;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes of the test class path come from. */
final class Jars {
  private Jars() {}

  /** The jar or folder that holds a class. */
  static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The jar or folder that holds a class, which is not initialised. */
  static Path of(String className) {
    try {
      return of(Class.forName(className, false, Jars.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
