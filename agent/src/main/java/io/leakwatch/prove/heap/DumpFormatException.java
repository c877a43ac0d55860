package io.leakwatch.prove.heap;

import java.io.IOException;

/** A file is no heap dump that can be read; the message is one line that says what is wrong, and where. */
public final class DumpFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Without a place. */
  DumpFormatException(String message) {
    super(message);
  }

  /** With the place in the file, in bytes from its start. */
  DumpFormatException(String message, long offset) {
    super(message + " at offset " + offset);
  }
}
