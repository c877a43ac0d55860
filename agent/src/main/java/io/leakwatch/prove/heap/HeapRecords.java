package io.leakwatch.prove.heap;

/** Goes through the records in the heap segments of a dump, and makes sure that each ends where its segment does, or before. */
final class HeapRecords {
  /** Is told what there is, in the order of the file. */
  interface Sink {
    /** A class, an object or an array. */
    void object(int tag, long id, long at) throws DumpFormatException;

    /** A root. */
    void root(int tag, long id, long at) throws DumpFormatException;
  }

  private static final int NO_RECORD = -1;

  private final MappedBytes bytes;
  private final int idSize;

  HeapRecords(MappedBytes bytes, int idSize) {
    this.bytes = bytes;
    this.idSize = idSize;
  }

  /** Bytes of an id: 4 or 8. */
  int idSize() {
    return idSize;
  }

  long id(long at) {
    return idSize == Long.BYTES ? bytes.i8(at) : bytes.u4(at);
  }

  /** All records of one segment. */
  void walk(long start, long end, Sink sink) throws DumpFormatException {
    long at = start;
    while (at < end) {
      int tag = bytes.u1(at);
      int header = headerSize(tag);
      if (header == NO_RECORD) {
        throw new DumpFormatException(
            "corrupt: there is no heap record of type 0x" + Integer.toHexString(tag), at);
      }
      require(at, header, end);
      long next = at + header + bodySize(tag, at, end);
      if (next > end || next < at) {
        throw new DumpFormatException("corrupt: a heap record runs past its segment", at);
      }
      if (tag >= Tags.CLASS && tag <= Tags.PRIMITIVE_ARRAY) {
        sink.object(tag, id(at + 1), at);
      } else {
        sink.root(tag, id(at + 1), at);
      }
      at = next;
    }
  }

  /** Bytes of the part that is the same for all records of a type, its tag included. */
  private int headerSize(int tag) {
    return switch (tag) {
      case Tags.ROOT_UNKNOWN, Tags.ROOT_STICKY_CLASS, Tags.ROOT_MONITOR -> 1 + idSize;
      case Tags.ROOT_JNI_GLOBAL -> 1 + 2 * idSize;
      case Tags.ROOT_JNI_LOCAL, Tags.ROOT_JAVA_FRAME, Tags.ROOT_THREAD -> 1 + idSize + 8;
      case Tags.ROOT_NATIVE_STACK, Tags.ROOT_THREAD_BLOCK -> 1 + idSize + 4;
      case Tags.CLASS -> 1 + 7 * idSize + 4 + 4 + 2;
      case Tags.INSTANCE -> instanceHeader();
      case Tags.OBJECT_ARRAY -> arrayHeader();
      case Tags.PRIMITIVE_ARRAY -> 1 + idSize + 4 + 4 + 1;
      default -> NO_RECORD;
    };
  }

  /** Bytes of an object's record before its fields. */
  int instanceHeader() {
    return 1 + 2 * idSize + 4 + 4;
  }

  /** Bytes of the record of an array of references before these. */
  int arrayHeader() {
    return 1 + 2 * idSize + 4 + 4;
  }

  /** How many references an array has. */
  long arrayLength(long at) {
    return bytes.u4(at + 1 + idSize + 4);
  }

  private long bodySize(int tag, long at, long end) throws DumpFormatException {
    return switch (tag) {
      case Tags.CLASS -> classBody(at, end);
      case Tags.INSTANCE -> bytes.u4(at + instanceHeader() - 4);
      case Tags.OBJECT_ARRAY -> arrayLength(at) * idSize;
      case Tags.PRIMITIVE_ARRAY ->
        arrayLength(at) * typeSize(bytes.u1(at + 1 + idSize + 8), at + 1 + idSize + 8);
      default -> 0;
    };
  }

  private long classBody(long at, long end) throws DumpFormatException {
    long body = at + headerSize(Tags.CLASS);
    long next = body;
    for (int constants = bytes.u2(body - 2); constants > 0; constants--) {
      require(next, 3, end);
      next += 3 + typeSize(bytes.u1(next + 2), next + 2);
    }
    require(next, 2, end);
    int statics = bytes.u2(next);
    next += 2;
    for (; statics > 0; statics--) {
      require(next, idSize + 1, end);
      next += idSize + 1 + typeSize(bytes.u1(next + idSize), next + idSize);
    }
    require(next, 2, end);
    int fields = bytes.u2(next);
    return next + 2 + (long) fields * (idSize + 1) - body;
  }

  /** Where the static fields of a class begin: their number, then name, type and value of each. */
  long staticsOf(long classAt) throws DumpFormatException {
    long next = classAt + headerSize(Tags.CLASS);
    for (int constants = bytes.u2(next - 2); constants > 0; constants--) {
      next += 3 + typeSize(bytes.u1(next + 2), next + 2);
    }
    return next;
  }

  /** Where the declarations of fields of a class begin: their number, then name and type of each. */
  long fieldsOf(long classAt) throws DumpFormatException {
    long next = staticsOf(classAt);
    int statics = bytes.u2(next);
    next += 2;
    for (; statics > 0; statics--) {
      next += idSize + 1 + typeSize(bytes.u1(next + idSize), next + idSize);
    }
    return next;
  }

  int typeSize(int type, long at) throws DumpFormatException {
    int size = Tags.size(type, idSize);
    if (size == 0) {
      throw new DumpFormatException("corrupt: there is no type of number " + type, at);
    }
    return size;
  }

  private static void require(long at, long length, long end) throws DumpFormatException {
    if (at + length > end) {
      throw new DumpFormatException("corrupt: a heap record runs past its segment", at);
    }
  }
}
