package io.leakwatch.leakbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs and reports made by hand. */
final class Examples {
  static final LeakCase LEAK = leak("p01", "platform");
  static final LeakCase HARD_NEGATIVE = hardNegative("h01");

  private Examples() {}

  static LeakCase leak(String id, String kind) {
    return new LeakCase(
        id,
        "Client per call",
        "shop.Main",
        17,
        kind,
        "client-not-closed",
        List.of(),
        List.of(),
        List.of(),
        "shop.Prices.ask",
        List.of("shop.Prices.newClient", "shop.Main.lambda$main$1"),
        List.of("shop.Prices.await"),
        null,
        List.of("shop/shop#1"),
        null);
  }

  static LeakCase hardNegative(String id) {
    return new LeakCase(
        id,
        "Long calls",
        "shop.Main",
        17,
        "platform",
        "hard-negative",
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  /** A report with those findings. */
  static String report(String... findings) {
    return Stream.of(findings).collect(Collectors.joining(",", "{\"findings\":[", "]}"));
  }

  static String finding(String verdict, String... suspects) {
    String quoted =
        Stream.of(suspects).map(suspect -> '"' + suspect + '"').collect(Collectors.joining(","));
    return """
        {"kind":"THREAD_GROWTH","verdict":"%s","summary":"9 threads","suspects":[%s]}""".formatted(verdict, quoted);
  }

  static Verdict verdict(String... reports) {
    try {
      return Verdict.of(List.of(reports));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Score.Entry entry(LeakCase leakCase, Variant variant, Verdict verdict) {
    return new Score.Entry(
        leakCase, new Run(leakCase.id(), variant, 17, 1), verdict, new Pace(1, 0, 2));
  }
}
