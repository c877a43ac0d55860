package io.leakwatch.prove.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {

  @Test
  void isAMap() {
    Random random = new Random(3);
    Map<Long, Long> model = new HashMap<>();
    LongTable table = new LongTable();
    for (int i = 0; i < 100_000; i++) {
      // Ids are addresses: close together and aligned.
      long key = 8 + 8L * random.nextInt(50_000) + (random.nextBoolean() ? 1L << 45 : 0);
      model.put(key, (long) i);
      table.put(key, i);
    }

    assertThat(table.size()).isEqualTo(model.size());
    model.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
    assertThat(table.get(4)).isEqualTo(LongTable.ABSENT);
    assertThat(table.get(Long.MIN_VALUE)).isEqualTo(LongTable.ABSENT);
  }
}
