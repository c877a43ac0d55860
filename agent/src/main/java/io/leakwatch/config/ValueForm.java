package io.leakwatch.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A form of option values: how it is described, and how it is read.
 *
 * @param <T> what a value of this form means
 */
abstract class ValueForm<T> {

  private static final String LONGEST = "720h";
  private static final String OFF = "off";
  private static final String NONE = "none";

  private final String accepted;

  private ValueForm(String accepted) {
    this.accepted = accepted;
  }

  /** Time with a unit, from {@code shortest} (as text such as {@code 100ms}) to 720h. */
  static ValueForm<Duration> duration(String shortest) {
    return new DurationForm(shortest, LONGEST);
  }

  /** The same, or {@code off}, which is zero. */
  static ValueForm<Duration> durationOrOff(String shortest) {
    ValueForm<Duration> duration = duration(shortest);
    return new OrOff<>("off or " + duration.accepted(), duration, Duration.ZERO);
  }

  static ValueForm<Integer> wholeNumber(int least, int most) {
    return new WholeNumberForm(least, most);
  }

  static ValueForm<Double> factor(int over, int most) {
    return new FactorForm(over, most);
  }

  static <E extends Enum<E>> ValueForm<E> oneOf(E[] values) {
    return new WordForm<>(List.of(values));
  }

  /** The name of a file; empty when off. */
  static ValueForm<String> fileOrOff() {
    return new OrOff<>("off or a file", new FileForm("a file", List.of(), List.of(NONE)), "");
  }

  /** Where text goes: one of the JVM's two streams or a file. */
  static ValueForm<String> streamOrFile() {
    // A file called "off" is never what was meant; ./off names one.
    return new FileForm(
        "stderr, stdout or a file",
        List.of(AgentConfig.STDERR, AgentConfig.STDOUT),
        List.of(OFF, NONE));
  }

  /** Standard output or a file; empty when off. */
  static ValueForm<String> stdoutFileOrOff() {
    String accepted = "off, stdout or a file";
    return new OrOff<>(
        accepted,
        new FileForm(accepted, List.of(AgentConfig.STDOUT), List.of(AgentConfig.STDERR, NONE)),
        "");
  }

  static ValueForm<List<NamePattern>> patterns() {
    return new PatternsForm(false);
  }

  /** The same, but what holds no pattern is refused: who writes it believes that something is matched. */
  static ValueForm<List<NamePattern>> onlyPatterns() {
    return new PatternsForm(true);
  }

  /** What is accepted, as a phrase that goes on from "is not". */
  final String accepted() {
    return accepted;
  }

  /** The value; null when the text is not of this form. */
  abstract @Nullable T read(String text);

  private static final class DurationForm extends ValueForm<Duration> {
    private final Duration shortest;
    private final Duration longest;

    DurationForm(String shortest, String longest) {
      super("a duration such as 500ms, 10s or 5m (" + shortest + " to " + longest + ")");
      this.shortest = Objects.requireNonNull(readDuration(shortest), shortest);
      this.longest = Objects.requireNonNull(readDuration(longest), longest);
    }

    @Override
    @Nullable
    Duration read(String text) {
      Duration read = readDuration(text);
      return read == null || read.compareTo(shortest) < 0 || read.compareTo(longest) > 0
          ? null
          : read;
    }

    private static @Nullable Duration readDuration(String text) {
      int unit = 0;
      while (unit < text.length() && isDigit(text.charAt(unit))) {
        unit++;
      }
      // Twelve digits of the largest unit still fit a Duration.
      if (unit == 0 || unit > 12) {
        return null;
      }
      long number = Long.parseLong(text.substring(0, unit));
      return switch (text.substring(unit)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> null;
      };
    }
  }

  private static final class WholeNumberForm extends ValueForm<Integer> {
    private final int least;
    private final int most;

    WholeNumberForm(int least, int most) {
      super("a whole number from " + least + " to " + most);
      this.least = least;
      this.most = most;
    }

    @Override
    @Nullable
    Integer read(String text) {
      if (text.isEmpty() || text.length() > 9 || !hasOnlyDigits(text)) {
        return null;
      }
      int number = Integer.parseInt(text);
      return number < least || number > most ? null : number;
    }
  }

  private static final class FactorForm extends ValueForm<Double> {
    private final int over;
    private final int most;

    FactorForm(int over, int most) {
      super("a number over " + over + ", at most " + most);
      this.over = over;
      this.most = most;
    }

    @Override
    @Nullable
    Double read(String text) {
      // Double.parseDouble alone would take 1e3, 0x1p3, 2d and NaN as well.
      int point = text.indexOf('.');
      String whole = point < 0 ? text : text.substring(0, point);
      String fraction = point < 0 ? "0" : text.substring(point + 1);
      if (whole.isEmpty()
          || fraction.isEmpty()
          || !hasOnlyDigits(whole)
          || !hasOnlyDigits(fraction)) {
        return null;
      }
      double number = number(whole, fraction);
      return number <= over || number > most ? null : number;
    }

    /** By hand where that is as exact, since nothing else needs what {@code parseDouble} loads before the application starts. */
    private static double number(String whole, String fraction) {
      if (whole.length() + fraction.length() > 9) {
        return Double.parseDouble(whole + "." + fraction);
      }
      int scale = 1;
      for (int i = 0; i < fraction.length(); i++) {
        scale *= 10;
      }
      return (double) Integer.parseInt(whole + fraction) / scale;
    }
  }

  private static final class WordForm<E extends Enum<E>> extends ValueForm<E> {
    private final List<E> values;

    WordForm(List<E> values) {
      super("one of " + String.join(", ", words(values)));
      this.values = values;
    }

    @Override
    @Nullable
    E read(String text) {
      for (E value : values) {
        if (value.name().equalsIgnoreCase(text)) {
          return value;
        }
      }
      return null;
    }

    private static <E extends Enum<E>> List<String> words(List<E> values) {
      List<String> words = new ArrayList<>();
      for (E value : values) {
        words.add(value.name().toLowerCase(Locale.ROOT));
      }
      return words;
    }
  }

  private static final class FileForm extends ValueForm<String> {
    private final List<String> streams;
    private final List<String> refused;

    FileForm(String accepted, List<String> streams, List<String> refused) {
      super(accepted);
      this.streams = streams;
      this.refused = refused;
    }

    @Override
    @Nullable
    String read(String text) {
      if (text.isBlank() || contains(refused, text)) {
        return null;
      }
      return contains(streams, text) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static boolean contains(List<String> words, String text) {
      return words.contains(text.toLowerCase(Locale.ROOT));
    }
  }

  private static final class PatternsForm extends ValueForm<List<NamePattern>> {
    private final boolean refusesNone;

    PatternsForm(boolean refusesNone) {
      super("none, or patterns with * and ?, separated by ;");
      this.refusesNone = refusesNone;
    }

    @Override
    @Nullable
    List<NamePattern> read(String text) {
      if (text.isEmpty() || text.equalsIgnoreCase(NONE)) {
        return List.of();
      }
      List<NamePattern> patterns = NamePattern.listOf(text);
      return patterns.isEmpty() && refusesNone ? null : patterns;
    }
  }

  /** An empty value is off, too: that is how a shell script or a container unsets what it inherits. */
  private static final class OrOff<T> extends ValueForm<T> {
    private final ValueForm<T> form;
    private final T off;

    OrOff(String accepted, ValueForm<T> form, T off) {
      super(accepted);
      this.form = form;
      this.off = off;
    }

    @Override
    @Nullable
    T read(String text) {
      return text.isEmpty() || text.equalsIgnoreCase(OFF) ? off : form.read(text);
    }
  }

  private static boolean hasOnlyDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  // Character.isDigit would take the digits of every script.
  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
