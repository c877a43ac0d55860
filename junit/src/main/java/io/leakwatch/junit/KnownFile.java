package io.leakwatch.junit;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The file of known leaks of a run, read by the agent as its own is. At the end of the run it says which of them were not
 * found: the file may only shrink.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings(
    "deprecation") // CloseableResource: what JUnit 5.12 knows; AutoCloseable: 5.13 and 6
final class KnownFile implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private final Set<String> found = ConcurrentHashMap.newKeySet();
  private final String path;
  private final List<String> fingerprints;

  private KnownFile(String path, List<String> fingerprints) {
    this.path = path;
    this.fingerprints = fingerprints;
  }

  /** The one of the run; empty when none is named. */
  static KnownFile of(ExtensionContext context) {
    return Objects.requireNonNull(context
        .getRoot()
        .getStore(Namespace.create(KnownFile.class))
        .getOrComputeIfAbsent(KnownFile.class, k -> read(context), KnownFile.class));
  }

  private static KnownFile read(ExtensionContext context) {
    String path = Settings.parameter(context, Settings.KNOWN).orElse("");
    List<String> fingerprints = path.isEmpty()
        ? List.of()
        : Agent.of(context)
            .readKnown(path, warning -> System.err.println(Settings.PREFIX + warning));
    return new KnownFile(path, fingerprints);
  }

  /** Those that count today. */
  List<String> fingerprints() {
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
}
