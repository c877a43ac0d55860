package io.leakwatch.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What tests by properties feed to readers. */
public final class Garbage {
  private Garbage() {}

  /** Some of these pieces and of any characters, in any order. */
  public static Arbitrary<String> texts(List<String> pieces, int most) {
    return Arbitraries.oneOf(Arbitraries.of(pieces), Arbitraries.strings().all().ofMaxLength(4))
        .list()
        .ofMaxSize(most)
        .map(all -> String.join("", all));
  }

  /** A file that goes with this JVM: such tests have no folder of their own as others have. */
  public static Path file() {
    try {
      Path file = Files.createTempFile("garbage", "");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
