package io.leakwatch.prove.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapDumpTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void findsEveryObjectByItsId(int idSize) throws IOException {
    HeapDump dump = SmallDump.open(SmallDump.bytes(idSize), folder);

    assertThat(dump.objects()).isEqualTo(10);
    assertThat(dump.idSize()).isEqualTo(idSize);
    assertThat(dump.takenAtMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(dump.tag(dump.position(SmallDump.ELEMENTS))).isEqualTo(Tags.OBJECT_ARRAY);
    assertThat(dump.idAt(dump.position(SmallDump.CHARACTERS))).isEqualTo(SmallDump.CHARACTERS);
    assertThat(dump.position(SmallDump.ONE + 8)).isEqualTo(HeapDump.ABSENT);
    assertThat(dump.position(0x5000_0000L)).isEqualTo(HeapDump.ABSENT);
    assertThat(dump.position(0)).isEqualTo(HeapDump.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void readsFieldsOfAClassAndOfItsSuperclass(int idSize) throws IOException {
    HeapDump dump = SmallDump.open(SmallDump.bytes(idSize), folder);
    HeapObject one = Objects.requireNonNull(dump.object(SmallDump.ONE));

    assertThat(one.type().name()).isEqualTo("com.acme.Acme");
    assertThat(one.type().isA("com.acme.Base")).isTrue();
    assertThat(one.text("text")).isEqualTo("hello");
    assertThat(one.longValue("long", -1)).isEqualTo(99);
    assertThat(one.reference("next")).isEqualTo(SmallDump.ELEMENTS);
    assertThat(one.intValue("number", -1)).isEqualTo(5);
    assertThat(one.intValue("missing", -1)).isEqualTo(-1);
    assertThat(one.type().referenceOffsets()).containsExactly(0, idSize + 8);
    assertThat(one.type().size()).isEqualTo(2 * idSize + 8 + 4);
  }

  @Test
  void readsStaticFields() throws IOException {
    HeapDump dump = SmallDump.open(SmallDump.bytes(8), folder);
    HeapClass acme = Objects.requireNonNull(dump.classNamed("com.acme.Acme"));

    assertThat(dump.statics().intValue(acme, "shared", -1)).isEqualTo(7);
    assertThat(dump.statics().intValue(acme, "missing", -1)).isEqualTo(-1);
    assertThat(dump.links().name(dump.position(SmallDump.ACME), SmallDump.ONE)).isEqualTo("kept");
  }

  @Test
  void readsThreadsTheirStacksAndTheirRoots() throws IOException {
    HeapDump dump = SmallDump.open(SmallDump.bytes(8), folder);
    List<String> roots = new ArrayList<>();
    dump.threads().eachStackRoot(0, (id, frame, at) -> {
      roots.add(Long.toHexString(id) + " in " + frame);
      assertThat(dump.threads().threadOfRoot(at)).isZero();
    });

    assertThat(dump.threads().size()).isEqualTo(1);
    assertThat(dump.threads().object(0)).isEqualTo(SmallDump.THREAD);
    assertThat(dump.threads().stack(0))
        .extracting(StackTraceElement::toString)
        .containsExactly("com.acme.Acme.inner(Acme.java:42)", "com.acme.Acme.outer(Acme.java:42)");
    assertThat(dump.threads().stackClasses(0)).containsExactly(SmallDump.ACME, SmallDump.ACME);
    assertThat(roots).containsExactly("20000 in 0", "20010 in 1");
    assertThat(dump.globalRoots()).isEqualTo(2);
  }

  @Test
  void marksAnObjectOnce() throws IOException {
    HeapDump dump = SmallDump.open(SmallDump.bytes(8), folder);

    assertThat(dump.mark(SmallDump.ONE)).isEqualTo(dump.position(SmallDump.ONE));
    assertThat(dump.mark(SmallDump.ONE)).isEqualTo(HeapDump.ABSENT);
    assertThat(dump.mark(SmallDump.ONE + 8)).isEqualTo(HeapDump.ABSENT);
    assertThat(dump.isMarked(SmallDump.ONE)).isTrue();
    assertThat(dump.isMarked(SmallDump.TEXT)).isFalse();
  }

  @Test
  void anObjectOrAnArrayWithoutReferencesIsALeaf() throws IOException {
    byte[] bytes = new DumpWriter(8)
        .type(0x1000, "java/lang/Object", 0)
        .type(0x1010, "com/acme/Number", 0x1000, "Jvalue")
        .type(0x1020, "com/acme/Named", 0x1000, "Lname")
        .type(0x1030, "com/acme/Special", 0x1020, "Jvalue")
        .instance(0x2000, 0x1010, "J", 7)
        .instance(0x2010, 0x1030, "JL", 7, 0)
        .bytes(0x2020, "text")
        .array(0x2030, 0x1000)
        .toBytes();
    HeapDump dump = SmallDump.open(bytes, folder);

    assertThat(dump.mark(0x2000)).isEqualTo(HeapDump.LEAF);
    assertThat(dump.mark(0x2010)).as("its superclass has one").isEqualTo(dump.position(0x2010));
    assertThat(dump.mark(0x2020)).isEqualTo(HeapDump.LEAF);
    assertThat(dump.mark(0x2030)).isEqualTo(dump.position(0x2030));
    assertThat(dump.mark(0x1010)).as("a class").isEqualTo(dump.position(0x1010));
  }

  @Test
  void takesIdsThatAreNotAligned() throws IOException {
    byte[] bytes = new DumpWriter(8)
        .type(0x1001, "java/lang/Object", 0)
        .instance(0x2003, 0x1001, "")
        .instance(0x2004, 0x1001, "")
        .toBytes();
    HeapDump dump = SmallDump.open(bytes, folder);

    assertThat(dump.objects()).isEqualTo(3);
    assertThat(dump.idAt(dump.position(0x2003))).isEqualTo(0x2003);
    assertThat(dump.idAt(dump.position(0x2004))).isEqualTo(0x2004);
    assertThat(dump.classes()).hasSize(1);
  }

  /** A file of more than a chunk is what one of more than 2 GiB is, in small. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void readsAcrossTheBordersOfChunks(int chunkBits) throws IOException {
    Path file = Files.write(folder.resolve("chunked.hprof"), SmallDump.bytes(8));
    HeapDump dump =
        new DumpReader(MappedBytes.map(file, chunkBits), percent -> {}).read(t -> false);

    assertThat(dump.objects()).isEqualTo(10);
    assertThat(Objects.requireNonNull(dump.object(SmallDump.ONE)).text("text")).isEqualTo("hello");
    assertThat(dump.threads().stack(0)).hasSize(2);
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    Path file = Files.write(folder.resolve("some.hprof"), SmallDump.bytes(8));
    List<Long> told = new ArrayList<>();
    HeapDump.open(file, type -> false, told::add);

    assertThat(told).isSorted().endsWith(100L);
  }
}
