package io.leakwatch.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to close what well-known libraries make threads for: a line of advice for each, from {@code library-advice.txt} beside
 * this class. Thread-safe: nothing changes.
 */
final class LibraryAdvice {
  static final LibraryAdvice SHIPPED = shipped();

  private final Map<String, String> byBeginning;

  private LibraryAdvice(Map<String, String> byBeginning) {
    this.byBeginning = byBeginning;
  }

  /** {@code beginning of a class name: advice} in each line; empty ones, and those behind a {@code #}, say nothing. */
  static LibraryAdvice parse(Stream<String> lines) {
    Map<String, String> byBeginning = new HashMap<>();
    lines
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> {
          int colon = line.indexOf(": ");
          byBeginning.put(line.substring(0, colon), line.substring(colon + 2));
        });
    return new LibraryAdvice(byBeginning);
  }

  /**
   * What to do about threads that were made by these classes.
   *
   * @param makers innermost first; of several that are known the outermost is what the application has called
   * @return {@code null} when none of them is known
   */
  @Nullable
  String of(List<String> makers) {
    for (int i = makers.size() - 1; i >= 0; i--) {
      String advice = of(makers.get(i));
      if (advice != null) {
        return advice;
      }
    }
    return null;
  }

  private @Nullable String of(String className) {
    for (int end = className.lastIndexOf('.'); end > 0; end = className.lastIndexOf('.', end - 1)) {
      String advice = byBeginning.get(className.substring(0, end + 1));
      if (advice != null) {
        return advice;
      }
    }
    return null;
  }

  /** Without the file there is no advice; that is no reason to fail. */
  private static LibraryAdvice shipped() {
    try (InputStream in = LibraryAdvice.class.getResourceAsStream("library-advice.txt")) {
      return in == null
          ? new LibraryAdvice(Map.of())
          : parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines());
    } catch (IOException | RuntimeException e) {
      return new LibraryAdvice(Map.of());
    }
  }
}
