package io.leakwatch.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** One of the process's own streams. Never closed: it is the application's as well. */
final class StandardStream implements LineOutput {
  private final String name;
  private final FileOutputStream stream;

  StandardStream(String name, FileDescriptor descriptor) {
    this.name = name;
    this.stream = new FileOutputStream(descriptor);
  }

  @Override
  public void append(byte[] lines) throws IOException {
    try {
      stream.write(lines);
    } catch (IOException e) {
      throw new IOException(name + " (" + e.getMessage() + ")", e);
    }
  }
}
