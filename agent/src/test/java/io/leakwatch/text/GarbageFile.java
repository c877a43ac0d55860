package io.leakwatch.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for a test by properties, which has no folder of its own as others have. */
public final class GarbageFile {
  private GarbageFile() {}

  /** Makes one that goes with this JVM. */
  public static Path make() {
    try {
      Path file = Files.createTempFile("garbage", "");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
