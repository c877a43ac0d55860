package io.leakwatch.prove.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectIndexTest {

  @Test
  void saysWhereEachObjectIsLikeAMap() {
    Random random = new Random(7);
    Map<Long, Long> model = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      // Crowded, sparse, and from one end of the address space to the other.
      long base = (random.nextInt(40) * 0x33_3333_3333L) & ~7L;
      model.put(
          8 + base + 8L * random.nextInt(100_000), random.nextLong() & ObjectIndex.MAX_POSITION);
    }
    ObjectIndex index = new ObjectIndex(3);
    model.keySet().forEach(index::add);
    index.count();
    model.forEach((id, position) -> index.locate(id, position, false));

    assertThat(index.size()).isEqualTo(model.size());
    model.forEach((id, position) -> {
      assertThat(index.position(id)).isEqualTo(position);
      long next = id + 8;
      assertThat(index.position(next)).isEqualTo(model.getOrDefault(next, ObjectIndex.ABSENT));
    });
  }

  @Test
  void holdsPlacesInFilesOfATebibyte() {
    ObjectIndex index = filled(0x7_1234_5678L & ~7, ObjectIndex.MAX_POSITION);

    assertThat(index.position(0x7_1234_5678L & ~7)).isEqualTo((1L << 40) - 1);
    assertThat(index.mark(0x7_1234_5678L & ~7)).isEqualTo((1L << 40) - 1);
  }

  @Test
  void holdsAFullPage() {
    ObjectIndex index = new ObjectIndex(3);
    for (long slot = 0; slot < 1 << 16; slot++) {
      index.add(0x10_0000_0000L + 8 * slot);
    }
    index.count();
    for (long slot = 0; slot < 1 << 16; slot++) {
      index.locate(0x10_0000_0000L + 8 * slot, slot * 3, false);
    }

    assertThat(index.size()).isEqualTo(1 << 16);
    for (long slot = 0; slot < 1 << 16; slot++) {
      assertThat(index.position(0x10_0000_0000L + 8 * slot)).isEqualTo(slot * 3);
    }
  }

  @Test
  void saysOfAnObjectWithoutReferencesThatItIsALeafAndWhereItIs() {
    ObjectIndex index = new ObjectIndex(3);
    index.add(0x1000);
    index.add(0x1008);
    index.count();
    index.locate(0x1000, 5, true);
    index.locate(0x1008, 6, true);
    // Of two records of one id, which only corrupt dumps have, the last one counts.
    index.locate(0x1008, 7, false);

    assertThat(index.mark(0x1000)).isEqualTo(ObjectIndex.LEAF);
    assertThat(index.mark(0x1000)).isEqualTo(ObjectIndex.ABSENT);
    assertThat(index.isMarked(0x1000)).isTrue();
    assertThat(index.position(0x1000)).isEqualTo(5);
    assertThat(index.mark(0x1008)).isEqualTo(7);
  }

  /** Neighbours in the heap may be in different 4 GiB of the file. */
  @Test
  void placesOfOnePageMayBeFarFromEachOther() {
    ObjectIndex index = new ObjectIndex(3);
    for (long i = 1; i <= 4; i++) {
      index.add(0x1000 + 8 * i);
    }
    index.count();
    index.locate(0x1000 + 8, 1, false);
    index.locate(0x1000 + 16, (3L << 32) + 2, false);
    index.locate(0x1000 + 24, (255L << 32) + 0xffff_ffffL, false);
    index.locate(0x1000 + 32, 4, false);

    assertThat(index.position(0x1000 + 8)).isEqualTo(1);
    assertThat(index.position(0x1000 + 16)).isEqualTo((3L << 32) + 2);
    assertThat(index.position(0x1000 + 24)).isEqualTo(ObjectIndex.MAX_POSITION);
    assertThat(index.position(0x1000 + 32)).isEqualTo(4);
  }

  /** One object in each page of a heap of 2 TiB: their numbers do not fit an int, if anybody counts addresses. */
  @Test
  void numbersNothingAcrossPages() {
    ObjectIndex index = new ObjectIndex(3);
    long page = 8L << 16;
    for (long i = 1; i <= 10_000; i++) {
      index.add(i * page * 400 + 8);
    }
    index.count();
    for (long i = 1; i <= 10_000; i++) {
      index.locate(i * page * 400 + 8, i << 20, false);
    }

    for (long i = 1; i <= 10_000; i++) {
      assertThat(index.position(i * page * 400 + 8)).isEqualTo(i << 20);
    }
  }

  @Test
  void remembersWhatIsMarkedWatchedAndWhereItCameFrom() {
    ObjectIndex index = filled(0x1000, 77);

    assertThat(index.origin(0x1000)).isEqualTo(ObjectIndex.ABSENT);
    index.cameFrom(0x1000, (1L << 39) + 5);
    index.watch(0x1000);
    assertThat(index.origin(0x1000)).isEqualTo((1L << 39) + 5);
    assertThat(index.isWatched(0x1000)).isTrue();
    assertThat(index.isWatched(0x1008)).isFalse();
    assertThat(index.mark(0x1000)).isEqualTo(77);
    assertThat(index.mark(0x1000)).isEqualTo(ObjectIndex.ABSENT);
    index.unmarkAll();
    assertThat(index.mark(0x1000)).isEqualTo(77);
  }

  private static ObjectIndex filled(long id, long position) {
    ObjectIndex index = new ObjectIndex(3);
    index.add(id);
    index.count();
    index.locate(id, position, false);
    return index;
  }
}
