package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.text.Garbage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Whatever the file holds that the agent is told to read a proof from: a proof of bounded size, or one line. */
class ProofMessageGarbageTest {
  private static final List<String> PIECES = List.of(
      "leakwatch proof 1\n",
      "\n",
      "0",
      "7",
      "-",
      "-1",
      " ",
      ",",
      "1-9",
      "9-1",
      "1-9223372036854775807",
      "9223372036854775808",
      "1-400000",
      "\0",
      "\r\n",
      "é");

  private static final Path FILE = Garbage.file();

  @Property(tries = 500)
  void anyFileIsTakenOrRefusedInOneLine(@ForAll("contents") byte[] content) throws IOException {
    Files.write(FILE, content);
    try {
      ProofMessage read = ProofMessage.read(FILE.toString());
      assertThat(read.proven()).hasSizeLessThanOrEqualTo(ProofMessage.MOST);
      assertThat(read.found()).hasSizeLessThanOrEqualTo(ProofMessage.MOST);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "\r", "\0");
    }
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll Set<@LongRange(max = 999_999_999_999_999_999L) Long> numbers, @ForAll long settled)
      throws IOException {
    List<Long> threads = numbers.stream().sorted().toList();
    ProofMessage message =
        new ProofMessage(Instant.ofEpochMilli(settled >> 8), settled, 7, threads, threads);

    message.write(FILE);

    assertThat(ProofMessage.read(FILE.toString())).isEqualTo(message);
  }

  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<String> text = Garbage.texts(PIECES, 14);
    return Arbitraries.oneOf(
        text.map(all -> all.getBytes(StandardCharsets.UTF_8)),
        text.map(all ->
            ("leakwatch proof 1\n1\n2\n3\n" + all + "\n1-2\n").getBytes(StandardCharsets.UTF_8)),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
  }
}
