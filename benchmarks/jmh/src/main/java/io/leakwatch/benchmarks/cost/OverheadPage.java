package io.leakwatch.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that the results are written into, each section between two comments that bear its name. */
final class OverheadPage {
  private final Path file;

  /**
   * A page.
   *
   * @throws IllegalArgumentException if there is none
   */
  OverheadPage(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no page " + file);
    }
    this.file = file;
  }

  /**
   * Looks whether a section has its place.
   *
   * @throws IllegalArgumentException if it has none
   */
  void require(String section) throws IOException {
    replaced(Files.readString(file), section, "");
  }

  /** Writes one section; the others stay as they are. */
  void write(String section, String text) throws IOException {
    Files.writeString(file, replaced(Files.readString(file), section, text));
  }

  /**
   * A page with one section replaced.
   *
   * @throws IllegalArgumentException if it has no place for that
   */
  static String replaced(String page, String section, String text) {
    String begin = "<!-- " + section + " -->\n";
    String end = "<!-- /" + section + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "the page has no " + begin.strip() + " … " + end + " for what was measured");
    }
    return page.substring(0, from + begin.length()) + "\n" + text + "\n" + page.substring(to);
  }
}
