package io.leakwatch.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a small text file, UTF-8, whole. */
final class LineFile {

  /** A larger file is surely the wrong one, and must not fill the application's heap. */
  static final int MAX_BYTES = 1 << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private LineFile() {}

  /**
   * The lines of the file, without blanks around them.
   *
   * @throws IOException when it cannot be read; the message is the reason alone, to be put after the name
   */
  static List<String> read(String name) throws IOException {
    File file = new File(name);
    try {
      if (!file.exists()) {
        throw new IOException("it does not exist");
      }
      // Opening a pipe could block the start of the application for good.
      if (!file.isFile()) {
        throw new IOException("it is not a regular file");
      }
      if (!file.canRead()) {
        throw new IOException("permission denied");
      }
      try (InputStream in = new FileInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith(BYTE_ORDER_MARK)) {
          text = text.substring(1);
        }
        return text.lines().map(String::strip).toList();
      }
    } catch (SecurityException e) {
      throw new IOException("the security manager forbids it", e);
    }
  }

  static boolean isBlankOrComment(String line) {
    return line.isEmpty() || line.startsWith("#");
  }
}
