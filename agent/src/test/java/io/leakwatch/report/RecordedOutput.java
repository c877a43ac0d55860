package io.leakwatch.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An output that a test can read, and can break. */
final class RecordedOutput implements LineOutput {
  private final StringBuilder text = new StringBuilder();
  private @Nullable String failure;

  @Override
  public void append(byte[] lines) throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
    text.append(new String(lines, StandardCharsets.UTF_8));
  }

  /** Every write fails with this message from now on; {@code null} for none. */
  void failWith(@Nullable String message) {
    failure = message;
  }

  String text() {
    return text.toString();
  }

  /** The lines without the time and the {@code leakwatch} that each starts with. */
  List<String> lines() {
    return text.toString()
        .lines()
        .map(
            line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ leakwatch ", ""))
        .toList();
  }
}
