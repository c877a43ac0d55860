package io.leakwatch.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines that a report has to name, found in the sources by the comments that mark them. */
final class GuiltyLine {
  private static final Path SOURCES =
      Path.of(System.getProperty("leakwatch.sources", "..")).normalize();

  private GuiltyLine() {}

  /** Where the leak starts, as a frame of a report: {@code com.acme.Shop.sell(Shop.java:12)}. */
  static String start(String module, String method) {
    return marked(module, method, "// leak: starts here");
  }

  private static String marked(String sourceFolder, String method, String mark) {
    String type = method.substring(0, method.lastIndexOf('.'));
    Path file = SOURCES.resolve(sourceFolder).resolve(type.replace('.', '/') + ".java");
    try {
      List<String> lines = Files.readAllLines(file);
      List<Integer> marked = java.util.stream.IntStream.range(0, lines.size())
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
