package io.leakwatch.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The lines that a report has to name, found in the sources by the comments that mark them. */
final class GuiltyLine {
  private static final Path SOURCES =
      Path.of(System.getProperty("leakwatch.sources", "..")).normalize();

  private GuiltyLine() {}

  /**
   * Where the leak starts, as a frame of a report: {@code com.acme.Shop.sell(Shop.java:12)}.
   *
   * @param sources the folder of the sources, from the root of the project
   * @param method the method that holds the line, such as {@code com.acme.Shop.sell}
   */
  static String start(String sources, String method) {
    return marked(sources, method, "// leak: starts here");
  }

  /** Where the leaked thread waits, in the same way. */
  static String wait(String sources, String method) {
    return marked(sources, method, "// leak: waits here");
  }

  /** The line with another mark, which only one line of the file has. */
  static String marked(String sources, String method, String mark) {
    String type = method.substring(0, method.lastIndexOf('.'));
    Path file = SOURCES.resolve(sources).resolve(type.replace('.', '/') + ".java");
    try {
      List<String> lines = Files.readAllLines(file);
      List<Integer> marked = IntStream.range(0, lines.size())
          .filter(i -> lines.get(i).contains(mark))
          .boxed()
          .toList();
      if (marked.size() != 1) {
        throw new IllegalStateException(file + " has " + marked.size() + " lines with " + mark);
      }
      return "%s(%s:%d)".formatted(method, file.getFileName(), marked.get(0) + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
