package io.leakwatch.frames;

import java.util.Set;

/** The part of a package name that stands for its owner: {@code com.acme} of {@code com.acme.shop.Cart}. */
final class PackageFamily {
  /** Under these many owners live side by side; one part more tells them apart. */
  private static final Set<String> SHARED = Set.of(
      "com.github",
      "com.google",
      "io.github",
      "io.gitlab",
      "org.apache",
      "org.eclipse",
      "org.springframework");

  private PackageFamily() {}

  /** The family of a class; empty for a class in no package. */
  static String of(String className) {
    String[] parts = className.split("\\.", -1);
    int packages = parts.length - 1;
    if (packages <= 0) {
      return "";
    }
    String two = packages == 1 ? parts[0] : parts[0] + "." + parts[1];
    return packages > 2 && SHARED.contains(two) ? two + "." + parts[2] : two;
  }
}
