package io.leakwatch.cli;

import io.leakwatch.text.NumberRanges;
import io.leakwatch.text.PlainText;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the command line tells an agent of a proof about its JVM, in a file of some lines. A value.
 *
 * @param takenAt when the heap was dumped
 * @param settledPlatform the highest number of a platform thread that the proof could be about
 * @param settledVirtual the same of virtual threads
 * @param proven the numbers of the threads that never run again, ascending
 * @param found the numbers of all threads that the proof says anything of, ascending
 */
public record ProofMessage(
    Instant takenAt,
    long settledPlatform,
    long settledVirtual,
    List<Long> proven,
    List<Long> found) {
  /** No more threads than that are told of: what a JVM must hold for it stays small. */
  static final int MOST = 500_000;

  private static final String FORM = "leakwatch proof 1";
  private static final int LONGEST_LINE = 8 << 20;

  public ProofMessage {
    proven = List.copyOf(proven.subList(0, Math.min(MOST, proven.size())));
    found = List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  /** Writes it into a file. */
  void write(Path file) throws IOException {
    try (Writer out =
        new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.US_ASCII)) {
      out.write(FORM + "\n" + takenAt.toEpochMilli() + "\n");
      out.write(settledPlatform + "\n" + settledVirtual + "\n");
      out.write(NumberRanges.format(proven) + "\n" + NumberRanges.format(found) + "\n");
    }
  }

  /**
   * Reads it from a file.
   *
   * @throws IOException when it cannot be read, or is something else; the message says what
   */
  public static ProofMessage read(String file) throws IOException {
    // Not by NIO: this is an application's JVM.
    try (BufferedReader in = new BufferedReader(
        new InputStreamReader(new FileInputStream(new File(file)), StandardCharsets.US_ASCII))) {
      if (!FORM.equals(line(in))) {
        throw new IOException(PlainText.quote(file) + " tells of no proof");
      }
      return new ProofMessage(
          Instant.ofEpochMilli(Long.parseLong(line(in))),
          Long.parseLong(line(in)),
          Long.parseLong(line(in)),
          NumberRanges.parse(line(in), MOST),
          NumberRanges.parse(line(in), MOST));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          PlainText.quote(file) + " is damaged: " + PlainText.of(String.valueOf(e.getMessage())));
    }
  }

  private static String line(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() == LONGEST_LINE) {
        throw new IOException("a proof's message is cut off");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
