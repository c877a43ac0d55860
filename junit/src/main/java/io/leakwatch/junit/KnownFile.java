package io.leakwatch.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The file of known leaks of a run, in the form of the agent's own: a fingerprint a line, {@code expires=YYYY-MM-DD} if it
 * does, the reason. At the end of the run it says which of them were not found: the file may only shrink.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings(
    "deprecation") // CloseableResource: what JUnit 5.12 knows; AutoCloseable: 5.13 and 6
final class KnownFile implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-fA-F]{12})(?:\\s+expires=(\\S+))?(?:\\s+(.*))?");

  private final Set<String> fingerprints = new LinkedHashSet<>();
  private final Set<String> found = ConcurrentHashMap.newKeySet();
  private final String path;

  private KnownFile(String path) {
    this.path = path;
    if (!path.isEmpty()) {
      read();
    }
  }

  /** The one of the run; empty when none is named. */
  static KnownFile of(ExtensionContext context) {
    return Objects.requireNonNull(context
        .getRoot()
        .getStore(Namespace.create(KnownFile.class))
        .getOrComputeIfAbsent(
            KnownFile.class,
            k -> new KnownFile(Settings.parameter(context, Settings.KNOWN).orElse("")),
            KnownFile.class));
  }

  /** Those that count today. */
  Set<String> fingerprints() {
    return fingerprints;
  }

  /** Notes which of them there are still. */
  void note(List<Leak> leaks) {
    leaks.stream().map(Leak::fingerprint).filter(fingerprints::contains).forEach(found::add);
  }

  @Override
  public void close() {
    String gone = fingerprints.stream()
        .filter(fingerprint -> !found.contains(fingerprint))
        .collect(Collectors.joining(", "));
    if (!gone.isEmpty()) {
      System.err.println(
          "leakwatch: known leaks that were not found in this run; if all tests ran, delete them from "
              + path
              + ": "
              + gone);
    }
  }

  private void read() {
    try {
      int number = 0;
      for (String line : Files.readAllLines(Path.of(path))) {
        number++;
        if (!line.isBlank() && !line.strip().startsWith("#")) {
          take(line.strip(), number);
        }
      }
    } catch (IOException | InvalidPathException e) {
      throw new ExtensionConfigurationException(
          Settings.KNOWN + ": '" + path + "' cannot be read: " + e, e);
    }
  }

  private void take(String line, int number) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw bad(line, number);
    }
    try {
      String expires = matcher.group(2);
      if (expires == null || !LocalDate.now(ZoneOffset.UTC).isAfter(LocalDate.parse(expires))) {
        fingerprints.add(matcher.group(1).toLowerCase(java.util.Locale.ROOT));
      }
    } catch (DateTimeException e) {
      throw bad(line, number);
    }
  }

  private ExtensionConfigurationException bad(String line, int number) {
    return new ExtensionConfigurationException(path
        + ", line "
        + number
        + ": '"
        + line
        + "' is not a fingerprint of 12 hex digits, expires=YYYY-MM-DD if it does, the reason");
  }
}
