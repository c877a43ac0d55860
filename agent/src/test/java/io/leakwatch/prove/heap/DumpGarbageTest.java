package io.leakwatch.prove.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.text.Garbage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A dump with several wrong bytes, and cut off or not: it is read all the same, or refused in one line. */
class DumpGarbageTest {
  private static final Path FILE = Garbage.file();
  private static final byte[] SMALL_IDS = SmallDump.bytes(4);
  private static final byte[] LARGE_IDS = SmallDump.bytes(8);

  /** One wrong byte. */
  record Wrong(int at, byte value) {}

  @Property(tries = 1_000)
  void isTakenOrRefusedInOneLine(
      @ForAll boolean large, @ForAll("wrongs") List<Wrong> wrongs, @ForAll("lengths") int length)
      throws IOException {
    byte[] good = large ? LARGE_IDS : SMALL_IDS;
    byte[] bytes = Arrays.copyOf(good, Math.min(length, good.length));
    wrongs.stream()
        .filter(wrong -> wrong.at() < bytes.length)
        .forEach(wrong -> bytes[wrong.at()] = wrong.value());
    check(bytes);
  }

  /** The first byte of an id makes it negative, and far away from all others. */
  @Example
  void anyByteMayBeOfANegativeNumber() throws IOException {
    for (byte[] good : new byte[][] {SMALL_IDS, LARGE_IDS}) {
      for (int at = 0; at < good.length; at++) {
        byte[] bytes = good.clone();
        bytes[at] = (byte) 0xb4;
        check(bytes);
      }
    }
  }

  private static void check(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    try {
      HeapDump dump = HeapDump.open(FILE, type -> true, percent -> {});
      for (int thread = 0; thread < dump.threads().size(); thread++) {
        dump.threads().stack(thread);
        dump.threads().eachStackRoot(thread, (id, frame, at) -> {});
      }
    } catch (DumpFormatException e) {
      assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
    }
  }

  @Provide
  Arbitrary<List<Wrong>> wrongs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, LARGE_IDS.length - 1), Arbitraries.bytes())
        .as(Wrong::new)
        .list()
        .ofMaxSize(8);
  }

  /** Whole in most cases. */
  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.just(Integer.MAX_VALUE),
        Arbitraries.just(Integer.MAX_VALUE),
        Arbitraries.integers().between(0, LARGE_IDS.length));
  }
}
