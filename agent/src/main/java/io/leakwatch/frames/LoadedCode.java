package io.leakwatch.frames;

import java.lang.instrument.Instrumentation;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application's code by where its classes were loaded from: a folder of classes, {@code BOOT-INF/classes} or
 * {@code WEB-INF/classes} hold the application; in a jar its classes are those of the main class's package family, so
 * that an application of many jars, or shaded together with its libraries into one, is told apart from these.
 *
 * <p>Asks the JVM for its loaded classes when it meets a name for the first time; keeps names, no classes. Not
 * thread-safe; belongs to the sampling thread.
 */
public final class LoadedCode implements CodeOwners {
  private static final int MAX_NAMES = 20_000;

  private final Instrumentation instrumentation;
  private final String family;
  private final Map<String, Boolean> known = new HashMap<>();

  /**
   * Of a JVM.
   *
   * @param mainClass its main class; empty when unknown
   */
  public LoadedCode(Instrumentation instrumentation, String mainClass) {
    this.instrumentation = instrumentation;
    this.family = PackageFamily.of(mainClass);
  }

  @Override
  public boolean isApplication(String className) {
    Boolean answer = known.get(className);
    if (answer == null) {
      if (known.size() >= MAX_NAMES) {
        known.clear();
      }
      answer = !Frames.isJdk(className) && lookUp(className);
      known.put(className, answer);
    }
    return answer;
  }

  private boolean lookUp(String className) {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals(className)) {
        return isApplication(className, location(loaded), loaded.getClassLoader() == null);
      }
    }
    // Unloaded meanwhile, or hidden: nothing speaks against it.
    return true;
  }

  private boolean isApplication(String className, @Nullable String location, boolean boot) {
    if (boot) {
      return false;
    }
    if (location == null) {
      // Generated at run time, mostly beside the class it serves.
      return true;
    }
    if (location.contains("BOOT-INF/classes") || location.contains("WEB-INF/classes")) {
      return true;
    }
    return isFolder(location) || isFamily(className);
  }

  private static boolean isFolder(String location) {
    return location.startsWith("file:") && location.endsWith("/");
  }

  private boolean isFamily(String className) {
    return !family.isEmpty() && PackageFamily.of(className).equals(family);
  }

  private static @Nullable String location(Class<?> type) {
    try {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      return source == null || source.getLocation() == null
          ? null
          : source.getLocation().toString();
    } catch (RuntimeException e) {
      return null;
    }
  }
}
