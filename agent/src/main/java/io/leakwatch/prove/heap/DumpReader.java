package io.leakwatch.prove.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a dump in two passes: the first counts and notes what there is, the second where each object is. */
final class DumpReader {
  private static final String MAGIC = "JAVA PROFILE 1.0.";
  private static final int RECORD_HEAD = 9;

  /** HotSpot aligns objects to 8 bytes or more; on others it is tried without. */
  private static final int ALIGNMENT_BITS = 3;

  final MappedBytes bytes;
  LongList globalRoots = new LongList();
  final LongList noted = new LongList();
  final List<HeapClass> classes = new ArrayList<>();
  LongTable classNumbers = new LongTable();
  private final LongList segments = new LongList();
  private final LongTable classOfSerial = new LongTable();
  private final LongConsumer progress;
  private long toldPercent = -1;
  int idSize;
  long takenAtMillis;
  HeapRecords records;
  Names names;
  StackTable stacks;
  ThreadTable threads = new ThreadTable();

  DumpReader(MappedBytes bytes, LongConsumer progress) throws DumpFormatException {
    this.bytes = bytes;
    this.progress = progress;
    long start = readHead();
    this.records = new HeapRecords(bytes, idSize);
    this.names = new Names(bytes, idSize);
    this.stacks = new StackTable(bytes, records, names, classOfSerial);
    readRecords(start);
    stacks.sort();
  }

  HeapDump read(Predicate<HeapClass> notedClasses) throws DumpFormatException {
    ObjectIndex index = index(notedClasses);
    return new HeapDump(this, index);
  }

  private long readHead() throws DumpFormatException {
    if (bytes.size() >= 2 && bytes.u1(0) == 0x1f && bytes.u1(1) == 0x8b) {
      throw new DumpFormatException(
          "is compressed with gzip, which the first two bytes say; unpack it first: gunzip -k FILE");
    }
    int headSize = MAGIC.length() + 2 + 4 + 8;
    if (bytes.size() < headSize
        || !bytes.utf8(0, MAGIC.length()).equals(MAGIC)
        || bytes.u1(MAGIC.length() + 1) != 0) {
      throw new DumpFormatException(
          "is no heap dump in the HPROF format: it must start with " + MAGIC + "2");
    }
    long at = MAGIC.length() + 2L;
    long size = bytes.u4(at);
    if (size != Integer.BYTES && size != Long.BYTES) {
      throw new DumpFormatException("corrupt: ids must have 4 or 8 bytes, not " + size, at);
    }
    if (bytes.size() > ObjectIndex.MAX_POSITION) {
      throw new DumpFormatException("is larger than 1 TiB, which is more than can be read");
    }
    idSize = (int) size;
    takenAtMillis = bytes.i8(at + 4);
    return headSize;
  }

  private void readRecords(long start) throws DumpFormatException {
    boolean ended = false;
    boolean segmented = false;
    long at = start;
    while (at < bytes.size()) {
      long body = at + RECORD_HEAD;
      if (body > bytes.size()) {
        throw cutOff(at, body - bytes.size());
      }
      int tag = bytes.u1(at);
      long end = body + bytes.u4(body - 4);
      if (end > bytes.size()) {
        throw cutOff(at, end - bytes.size());
      }
      switch (tag) {
        case Tags.UTF8 -> names.add(id(body, end, 0), body);
        case Tags.LOAD_CLASS -> {
          need(body, 8 + 2L * idSize, end);
          classOfSerial.put(bytes.u4(body), records.id(body + 4));
          names.addClass(records.id(body + 4), records.id(body + 8 + idSize));
        }
        case Tags.FRAME -> {
          need(body, stacks.frameSize(), end);
          stacks.addFrame(records.id(body), body);
        }
        case Tags.TRACE -> {
          need(body, 12, end);
          need(body, 12 + bytes.u4(body + 8) * idSize, end);
          stacks.addTrace(bytes.u4(body), body);
        }
        case Tags.HEAP_DUMP, Tags.HEAP_DUMP_SEGMENT -> {
          segmented |= tag == Tags.HEAP_DUMP_SEGMENT;
          segments.add(body);
          segments.add(end);
        }
        case Tags.HEAP_DUMP_END -> ended = true;
        default -> {
          // Others tell nothing about threads and what they reach; those that do not exist mean
          // that we are lost.
          if (tag == 0 || tag > Tags.HEAP_DUMP_END) {
            throw new DumpFormatException(
                "corrupt: there is no record of type 0x" + Integer.toHexString(tag), at);
          }
        }
      }
      at = end;
    }
    if (segments.isEmpty()) {
      throw new DumpFormatException("is cut off: no heap is in it", at);
    }
    if (segmented && !ended) {
      throw new DumpFormatException("is cut off: the record that ends a dump is missing", at);
    }
  }

  private ObjectIndex index(Predicate<HeapClass> notedClasses) throws DumpFormatException {
    int alignment = ALIGNMENT_BITS;
    ObjectIndex index = firstPass(alignment);
    if (index == null) {
      index = firstPass(0);
    }
    if (index == null) {
      throw new IllegalStateException("every id is aligned to one byte");
    }
    index.count();
    classNumbers = new ClassLinks(classes, names, idSize).link();
    SecondPass second = new SecondPass(this, index, notedClasses);
    walk(second, 50);
    return index;
  }

  /** {@code null} when there are ids that are not aligned like that. */
  private @Nullable ObjectIndex firstPass(int alignmentBits) throws DumpFormatException {
    classes.clear();
    FirstPass pass = new FirstPass(alignmentBits);
    walk(pass, 0);
    return pass.misaligned ? null : pass.index;
  }

  /** Goes through all segments; {@code percentBefore} of the work was done before, this is the next half. */
  private void walk(HeapRecords.Sink sink, int percentBefore) throws DumpFormatException {
    for (int i = 0; i < segments.size(); i += 2) {
      long percent = percentBefore + segments.get(i) * 50 / bytes.size();
      if (percent > toldPercent) {
        toldPercent = percent;
        progress.accept(percent);
      }
      records.walk(segments.get(i), segments.get(i + 1), sink);
    }
    progress.accept(percentBefore + 50L);
  }

  private long id(long body, long end, long before) throws DumpFormatException {
    need(body, before + idSize, end);
    return records.id(body + before);
  }

  private static void need(long body, long length, long end) throws DumpFormatException {
    if (length < 0 || body + length > end) {
      throw new DumpFormatException(
          "corrupt: a record is too short for what is in it", body - RECORD_HEAD);
    }
  }

  private static DumpFormatException cutOff(long at, long missing) {
    return new DumpFormatException(
        "is cut off: " + missing + " bytes are missing of the record", at);
  }

  /** Notes threads, roots and classes, and counts the objects. */
  private final class FirstPass implements HeapRecords.Sink {
    final ObjectIndex index;
    private final long unaligned;
    boolean misaligned;

    FirstPass(int alignmentBits) {
      index = new ObjectIndex(alignmentBits);
      unaligned = (1L << alignmentBits) - 1;
      threads = new ThreadTable();
      globalRoots = new LongList();
    }

    @Override
    public void object(int tag, long id, long at) throws DumpFormatException {
      misaligned |= (id & unaligned) != 0;
      index.add(id);
      if (tag == Tags.CLASS) {
        classes.add(heapClass(id, at));
      }
    }

    @Override
    public void root(int tag, long id, long at) {
      switch (tag) {
        case Tags.ROOT_THREAD -> {
          long serial = bytes.u4(at + 1 + idSize);
          threads.addThread(id, serial, bytes.u4(at + 5 + idSize));
        }
        case Tags.ROOT_JAVA_FRAME, Tags.ROOT_JNI_LOCAL ->
          threads.addRoot(bytes.u4(at + 1 + idSize), at, at + 1 + idSize + 8);
        case Tags.ROOT_NATIVE_STACK, Tags.ROOT_THREAD_BLOCK ->
          threads.addRoot(bytes.u4(at + 1 + idSize), at, at + 1 + idSize + 4);
        default -> globalRoots.add(at);
      }
    }

    private HeapClass heapClass(long id, long at) throws DumpFormatException {
      long next = records.fieldsOf(at);
      int count = bytes.u2(next);
      next += 2;
      long[] nameIds = new long[count];
      byte[] types = new byte[count];
      for (int i = 0; i < count; i++, next += idSize + 1) {
        nameIds[i] = records.id(next);
        types[i] = (byte) bytes.u1(next + idSize);
        records.typeSize(types[i], next + idSize);
      }
      return new HeapClass(id, records.id(at + 1 + idSize + 4), at, nameIds, types);
    }
  }
}
