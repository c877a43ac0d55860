package io.leakwatch.prove.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The stack traces of a dump: where in the file they and their frames are. Frames are written one behind the other with
 * ascending ids, so that few runs of them stand for millions. Not thread-safe while it is filled.
 */
final class StackTable {
  /** Frames of one stack that are read; deeper ones are left out. */
  private static final int MAX_FRAMES = 1_024;

  private final MappedBytes bytes;
  private final HeapRecords records;
  private final int idSize;
  private final Names names;
  private final LongTable traces = new LongTable();
  private final LongTable classOfSerial;

  /** Of each run of frames the first id, where that is, and how many there are, in the order of the file. */
  private final LongList runs = new LongList();

  private long[] sortedRuns = {};

  StackTable(MappedBytes bytes, HeapRecords records, Names names, LongTable classOfSerial) {
    this.bytes = bytes;
    this.records = records;
    this.idSize = records.idSize();
    this.names = names;
    this.classOfSerial = classOfSerial;
  }

  int frameSize() {
    return 4 * idSize + 8;
  }

  /** A frame's body starts there. */
  void addFrame(long id, long at) {
    int last = runs.size() - 3;
    if (last >= 0) {
      long count = runs.get(last + 2);
      // Between two bodies there is the head of a record: a tag, a time, a length.
      if (id == runs.get(last) + count && at == runs.get(last + 1) + count * (frameSize() + 9L)) {
        runs.set(last + 2, count + 1);
        return;
      }
    }
    runs.add(id);
    runs.add(at);
    runs.add(1);
  }

  /** A trace's body starts there. */
  void addTrace(long serial, long at) {
    traces.put(serial, at);
  }

  /** When all are added. */
  void sort() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < runs.size(); i += 3) {
      order.add(i);
    }
    order.sort((a, b) -> Long.compareUnsigned(runs.get(a), runs.get(b)));
    sortedRuns = new long[runs.size()];
    for (int i = 0; i < order.size(); i++) {
      for (int j = 0; j < 3; j++) {
        sortedRuns[3 * i + j] = runs.get(order.get(i) + j);
      }
    }
  }

  /** The frames of a trace, innermost first; empty when there is no such trace. */
  List<StackTraceElement> frames(long trace) {
    List<StackTraceElement> frames = new ArrayList<>();
    for (long at : frameBodies(trace)) {
      frames.add(element(at));
    }
    return Collections.unmodifiableList(frames);
  }

  /** Whether a trace has no frames, or there is no such trace. */
  boolean isEmpty(long trace) {
    long at = traces.get(trace);
    return at == LongTable.ABSENT || bytes.u4(at + 8) == 0;
  }

  /** The classes whose methods are in a trace, by their ids. */
  long[] classes(long trace) {
    long[] bodies = frameBodies(trace);
    long[] classes = new long[bodies.length];
    for (int i = 0; i < bodies.length; i++) {
      long id = classOfSerial.get(bytes.u4(bodies[i] + 4L * idSize));
      classes[i] = id == LongTable.ABSENT ? 0 : id;
    }
    return classes;
  }

  /** A number that is the same for traces with the same frames. */
  long hash(long trace) {
    long hash = 1;
    for (long at : frameBodies(trace)) {
      hash = mix(hash, records.id(at + idSize));
      hash = mix(hash, bytes.i8(at + 4L * idSize));
    }
    return hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 32;
  }

  private long[] frameBodies(long trace) {
    long at = traces.get(trace);
    if (at == LongTable.ABSENT) {
      return new long[0];
    }
    int count = (int) Math.min(MAX_FRAMES, bytes.u4(at + 8));
    long[] bodies = new long[count];
    int found = 0;
    for (int i = 0; i < count; i++) {
      long body = frame(records.id(at + 12 + (long) i * idSize));
      if (body >= 0) {
        bodies[found++] = body;
      }
    }
    return found == count ? bodies : Arrays.copyOf(bodies, found);
  }

  private long frame(long id) {
    int low = 0;
    int high = sortedRuns.length / 3 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long first = sortedRuns[3 * middle];
      if (Long.compareUnsigned(id, first) < 0) {
        high = middle - 1;
      } else if (Long.compareUnsigned(id - first, sortedRuns[3 * middle + 2]) >= 0) {
        low = middle + 1;
      } else {
        return sortedRuns[3 * middle + 1] + (id - first) * (frameSize() + 9L);
      }
    }
    return -1;
  }

  private StackTraceElement element(long at) {
    String method = names.text(records.id(at + idSize));
    String file = names.text(records.id(at + 3L * idSize));
    String className = names.ofClass(classOfSerial.get(bytes.u4(at + 4L * idSize)));
    // A native method has the line -3 here and -2 there.
    int line = bytes.i4(at + 4L * idSize + 4);
    return new StackTraceElement(
        className.isEmpty() ? "unknown" : className,
        method,
        file.isEmpty() ? null : file,
        line == -3 ? -2 : line);
  }
}
