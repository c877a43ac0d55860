package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapUseTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      garbage-first heap   total 262144K, used 9179K [0x06, 0x08)   | 9
      ZHeap           used 20M, capacity 512M, max capacity 4096M   | 20
      2G max, 2G soft max, 512M committed, 130M used                | 130
      """)
  void readsWhatEachCollectorSays(String line, long megabytes) {
    assertThat(HeapUse.parse("4711:\n" + line + "\n Metaspace       used 99999K, committed 1K")
                .bytes()
            >> 20)
        .isCloseTo(megabytes, org.assertj.core.data.Offset.offset(1L));
  }

  @Test
  void addsTheGenerationsUp() {
    HeapUse use = HeapUse.parse("""
        PSYoungGen      total 404992K, used 1024K [0x00000007c0000000, 0x0000000800000000)
         eden space 389120K, 2% used [0x00000007c0000000,0x00000007c07999d8,0x00000007d7c00000)
        ParOldGen       total 404992K, used 2048K [0x0000000740000000, 0x0000000758b80000)
         object space 404992K, 50% used [0x0000000740000000,0x00000007401c7c60,0x0000000758b80000)
        """);

    assertThat(use.bytes()).isEqualTo(3L << 20);
  }

  @Test
  void saysWhatItWillCost() {
    assertThat(new HeapUse(5L << 20).pause()).isEqualTo("about a second");
    assertThat(new HeapUse(1_200_000_000L).pause()).isEqualTo("8 to 40 s");
    assertThat(new HeapUse(1L << 30).fileBytes()).isGreaterThan(2L << 30);
    assertThat(HeapUse.inWords(3L << 29)).isEqualTo("1.5 GB");
    assertThat(HeapUse.inWords(70L << 30)).isEqualTo("70 GB");
    assertThat(HeapUse.inWords(0)).isEqualTo("1 MB");
  }
}
