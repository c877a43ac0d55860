package io.leakwatch.report;

import java.io.File;
import java.io.FileDescriptor;
import java.io.IOException;

/** Where whole lines go: standard error, standard output or a file. */
interface LineOutput {
  /**
   * Writes lines and flushes them.
   *
   * @param lines encoded, with the newline of the last
   * @throws IOException with a message that names the output and the reason
   */
  void append(byte[] lines) throws IOException;

  /** Standard error, whatever the application has made of {@link System#err}. */
  static LineOutput standardError() {
    return new StandardStream("stderr", FileDescriptor.err);
  }

  /** Standard output, whatever the application has made of {@link System#out}. */
  static LineOutput standardOutput() {
    return new StandardStream("stdout", FileDescriptor.out);
  }

  /** A file; nothing is opened before the first line. */
  static AppendedFile file(String path) {
    // Absolute at once: a message with a relative path would leave its reader guessing.
    return new AppendedFile(new File(path).getAbsoluteFile());
  }
}
