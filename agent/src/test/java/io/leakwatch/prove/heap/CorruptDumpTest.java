package io.leakwatch.prove.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptDumpTest {
  private static final byte[] GOOD = SmallDump.bytes(8);
  private static final int FIRST_RECORD = 31;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void saysThatItIsNoDump() {
    refused("no dump at all".getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasMessage("is no heap dump in the HPROF format: it must start with JAVA PROFILE 1.0.2");
    refused(new byte[0])
        .hasMessage("is no heap dump in the HPROF format: it must start with JAVA PROFILE 1.0.2");
  }

  @Test
  void saysThatItIsCompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(GOOD);
    }
    refused(packed.toByteArray())
        .hasMessage("is compressed with gzip, which the first two bytes say; unpack it first:"
            + " gunzip -k FILE");
  }

  @Test
  void saysWhichRecordDoesNotExist() {
    byte[] bytes = GOOD.clone();
    bytes[FIRST_RECORD] = 0x77;
    refused(bytes).hasMessage("corrupt: there is no record of type 0x77 at offset 31");
  }

  @Test
  void saysWhatIsMissing() {
    refused(Arrays.copyOf(GOOD, FIRST_RECORD + 4))
        .hasMessage("is cut off: 5 bytes are missing of the record at offset 31");
    refused(Arrays.copyOf(GOOD, FIRST_RECORD))
        .hasMessage("is cut off: no heap is in it at offset 31");
    refused(Arrays.copyOf(GOOD, GOOD.length - 9))
        .hasMessage(
            "is cut off: the record that ends a dump is missing at offset " + (GOOD.length - 9));
  }

  @Test
  void saysThatAnIdHasNoSize() {
    byte[] bytes = GOOD.clone();
    bytes[22] = 5;
    refused(bytes).hasMessage("corrupt: ids must have 4 or 8 bytes, not 5 at offset 19");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void isNeverReadBeyondWhereItIsCutOff(int idSize) {
    byte[] good = SmallDump.bytes(idSize);
    for (int length = 0; length < good.length; length++) {
      refused(Arrays.copyOf(good, length)).hasMessageNotContaining("null");
    }
  }

  /** Any one byte: it is read all the same, or refused in one line, and nothing else happens. */
  @ParameterizedTest
  @ValueSource(ints = {0x01, 0xff})
  void breaksInNoOtherWayWhateverByteIsWrong(int flipped) throws IOException {
    int refused = 0;
    for (int i = 0; i < GOOD.length; i++) {
      byte[] bytes = GOOD.clone();
      bytes[i] ^= (byte) flipped;
      try {
        HeapDump dump = SmallDump.open(bytes, folder);
        for (int thread = 0; thread < dump.threads().size(); thread++) {
          dump.threads().stack(thread);
          dump.threads().stackHash(thread);
          dump.threads().eachStackRoot(thread, (id, frame, at) -> {});
        }
      } catch (DumpFormatException e) {
        assertThat(e.getMessage()).hasLineCount(1);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(byte[] bytes) {
    return assertThatThrownBy(() -> SmallDump.open(bytes, folder))
        .isInstanceOf(DumpFormatException.class);
  }
}
