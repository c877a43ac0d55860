package io.leakwatch.config;

import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The findings that fail no build, as the file that {@code known} names lists them. Immutable.
 *
 * <pre>
 * # fingerprint, the last day on which it counts (if it ends), why it is accepted
 * 7f3a9c21b0d4 expires=2026-12-31 vendor's pool, fixed in their 4.2
 * 0123456789ab the watchdog lives as long as the process
 * </pre>
 */
public final class KnownFindings {

  /** No finding is known. */
  public static final KnownFindings NONE = new KnownFindings(Map.of(), List.of());

  private static final int FINGERPRINT_DIGITS = 12;
  private static final String EXPIRES = "expires=";
  private static final String LINE_FORM =
      "a fingerprint of 12 hex digits, expires=YYYY-MM-DD if it does, the reason";

  /**
   * One line of the file.
   *
   * @param lastDay the last day on which it counts; {@link LocalDate#MAX} when it does not expire
   * @param reason why it is accepted; may be empty
   */
  private record Entry(LocalDate lastDay, String reason) {}

  /** By their fingerprints, in the order of the file. */
  private final Map<String, Entry> entries;

  private final List<String> warnings;

  private KnownFindings(Map<String, Entry> entries, List<String> warnings) {
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads the file. Never throws: a file that cannot be read, a bad line and an entry that has expired are one warning each.
   *
   * @param file the value of {@code known}; null when there is no such file
   * @param today to tell which entries have expired
   */
  public static KnownFindings read(@Nullable String file, LocalDate today) {
    if (file == null) {
      return NONE;
    }
    Reading reading = new Reading(file, today);
    try {
      reading.readLines(LineFile.read(file));
    } catch (IOException e) {
      reading.warn(PlainText.quote(file)
          + " cannot be read: "
          + PlainText.of(String.valueOf(e.getMessage()))
          + "; no finding is known");
    }
    return new KnownFindings(reading.entries, reading.warnings);
  }

  /** Whether the finding is known and its entry has not expired. */
  public boolean contains(String fingerprint, LocalDate today) {
    Entry entry = entries.get(fingerprint);
    return entry != null && !today.isAfter(entry.lastDay());
  }

  /** The fingerprints whose entries have not expired, in the order of the file. */
  public List<String> acceptedOn(LocalDate today) {
    return entries.keySet().stream()
        .filter(fingerprint -> contains(fingerprint, today))
        .toList();
  }

  /**
   * The entries of which nothing was found, as {@code fingerprint reason}, in the order of the file: what they stand for
   * may be repaired.
   */
  public List<String> without(Set<String> found) {
    return entries.entrySet().stream()
        .filter(entry -> !found.contains(entry.getKey()))
        .map(entry -> (entry.getKey() + " " + entry.getValue().reason()).strip())
        .toList();
  }

  /** What is wrong with the file, a line each, without control characters. */
  public List<String> warnings() {
    return warnings;
  }

  /** One reading of a file. */
  private static final class Reading {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final String file;
    private final LocalDate today;

    Reading(String file, LocalDate today) {
      this.file = file;
      this.today = today;
    }

    void readLines(List<String> lines) {
      for (int i = 0; i < lines.size(); i++) {
        if (!LineFile.isBlankOrComment(lines.get(i))) {
          readLine(lines.get(i), PlainText.of(file) + ", line " + (i + 1) + ": ");
        }
      }
    }

    void warn(String warning) {
      warnings.add(ConfigOption.KNOWN.key() + ": " + warning);
    }

    private void readLine(String line, String place) {
      int end = endOfFirstWord(line);
      String fingerprint = line.substring(0, end).toLowerCase(Locale.ROOT);
      String rest = line.substring(end).strip();
      String expires = rest.substring(0, endOfFirstWord(rest));
      LocalDate lastDay = lastDay(expires);
      String reason = expires.startsWith(EXPIRES) ? rest.substring(expires.length()) : rest;
      // An expiry in the wrong place would make the entry count for ever.
      if (!isFingerprint(fingerprint) || lastDay == null || reason.contains(EXPIRES)) {
        warn(place + PlainText.quote(line) + " is not " + LINE_FORM + "; it is ignored");
        return;
      }
      if (entries.putIfAbsent(fingerprint, new Entry(lastDay, PlainText.of(reason.strip())))
          != null) {
        warn(place + fingerprint + " is there already; the first one counts");
      } else if (today.isAfter(lastDay)) {
        warn(place + fingerprint + " expired on " + lastDay + "; it no longer counts");
      }
    }

    private static @Nullable LocalDate lastDay(String word) {
      if (!word.startsWith(EXPIRES)) {
        return LocalDate.MAX;
      }
      try {
        return LocalDate.parse(word.substring(EXPIRES.length()));
      } catch (DateTimeException e) {
        return null;
      }
    }

    private static int endOfFirstWord(String text) {
      int end = 0;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      return end;
    }

    private static boolean isFingerprint(String word) {
      if (word.length() != FINGERPRINT_DIGITS) {
        return false;
      }
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
          return false;
        }
      }
      return true;
    }
  }
}
