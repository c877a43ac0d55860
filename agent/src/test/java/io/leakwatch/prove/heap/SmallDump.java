package io.leakwatch.prove.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A dump with one of everything, and where things are in it. */
final class SmallDump {
  static final long OBJECT = 0x1000;
  static final long BASE = 0x1010;
  static final long ACME = 0x1020;
  static final long STRING = 0x1030;
  static final long ARRAY = 0x1040;
  static final long ONE = 0x2_0000;
  static final long TEXT = 0x2_0010;
  static final long CHARACTERS = 0x2_0020;
  static final long ELEMENTS = 0x8000_0000L;
  static final long THREAD = 0x9000_0000L;

  private SmallDump() {}

  static byte[] bytes(int idSize) {
    return new DumpWriter(idSize)
        .type(OBJECT, "java/lang/Object", 0)
        .type(BASE, "com/acme/Base", OBJECT, "Lnext", "Inumber")
        .type(
            ACME,
            "com/acme/Acme",
            BASE,
            new String[] {"Ltext", "Jlong"},
            Map.of("Ishared", 7L, "Lkept", ONE))
        .type(STRING, "java/lang/String", OBJECT, "Lvalue", "Bcoder")
        .type(ARRAY, "[Ljava/lang/Object;", OBJECT)
        .trace(1, 1, 3, "inner", "outer")
        .global(Tags.ROOT_STICKY_CLASS, OBJECT)
        .global(Tags.ROOT_JNI_GLOBAL, TEXT)
        .segment()
        .instance(ONE, ACME, "LJLI", TEXT, 99, ELEMENTS, 5)
        .instance(TEXT, STRING, "LZ", CHARACTERS, 0)
        .bytes(CHARACTERS, "hello")
        .array(ELEMENTS, ARRAY, ONE, 0, TEXT)
        .instance(THREAD, ACME, "LJLI", 0, 0, 0, 0)
        .thread(THREAD, 1, 1)
        .frameRoot(ONE, 1, 0)
        .frameRoot(TEXT, 1, 1)
        .toBytes();
  }

  static HeapDump open(byte[] bytes, Path folder) throws IOException {
    Path file = Files.write(folder.resolve("small.hprof"), bytes);
    return HeapDump.open(file, type -> false, percent -> {});
  }
}
