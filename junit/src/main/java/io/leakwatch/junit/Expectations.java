package io.leakwatch.junit;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What a test may leave behind.
 *
 * @param expected kinds that it is meant to leave
 * @param known fingerprints that are accepted today
 */
record Expectations(Set<LeakKind> expected, Set<String> known) {
  static final Expectations NONE = new Expectations(Set.of(), Set.of());

  /** Of a test, or a class: what is expected is said there itself, what is known also in the classes around it. */
  static Expectations of(ExtensionContext context) {
    Set<LeakKind> expected = EnumSet.noneOf(LeakKind.class);
    annotations(context, ExpectLeak.class).forEach(leak -> expected.add(leak.value()));
    Set<String> known = new TreeSet<>(KnownFile.of(context).fingerprints());
    @Nullable ExtensionContext current = context;
    while (current != null) {
      annotations(current, KnownLeak.class)
          .filter(Expectations::isInForce)
          .forEach(leak -> known.add(leak.fingerprint()));
      current = current.getParent().orElse(null);
    }
    return new Expectations(expected, known);
  }

  /** The leaks that nobody has foreseen. */
  List<Leak> unforeseen(List<Leak> leaks) {
    return leaks.stream()
        .filter(leak -> !leak.known() && !known.contains(leak.fingerprint()))
        .filter(leak -> expected.stream().noneMatch(kind -> kind.name().equals(leak.kind())))
        .toList();
  }

  /** The kinds that were expected and are not there. */
  List<LeakKind> missing(List<Leak> leaks) {
    List<LeakKind> missing = new ArrayList<>(expected);
    missing.removeIf(kind -> leaks.stream().anyMatch(leak -> leak.kind().equals(kind.name())));
    return missing;
  }

  private static <A extends java.lang.annotation.Annotation> Stream<A> annotations(
      ExtensionContext context, Class<A> type) {
    return context.getElement().stream()
        .flatMap(element -> AnnotationSupport.findRepeatableAnnotations(element, type).stream());
  }

  private static boolean isInForce(KnownLeak leak) {
    if (leak.expires().isEmpty()) {
      return true;
    }
    try {
      return !LocalDate.now(ZoneOffset.UTC).isAfter(LocalDate.parse(leak.expires()));
    } catch (DateTimeException e) {
      throw new ExtensionConfigurationException("@KnownLeak "
          + leak.fingerprint()
          + ": '"
          + leak.expires()
          + "' is not a day such as 2026-12-31");
    }
  }
}
