package io.leakwatch.prove.heap;

import java.util.HashMap;
import java.util.Map;

/** The names in a dump: where each text is, and what classes are called. Not thread-safe. */
final class Names {
  private final MappedBytes bytes;
  private final int idSize;
  private final LongTable texts = new LongTable();
  private final LongTable classNames = new LongTable();
  private final Map<Long, String> read = new HashMap<>();

  Names(MappedBytes bytes, int idSize) {
    this.bytes = bytes;
    this.idSize = idSize;
  }

  /** The record's body, an id and a text, starts there. */
  void add(long id, long at) {
    texts.put(id, at);
  }

  void addClass(long classId, long nameId) {
    classNames.put(classId, nameId);
  }

  /** The text; empty when there is none. */
  String text(long id) {
    return read.computeIfAbsent(id, this::read);
  }

  /** The name of a class as {@code Class.getName} has it; empty when unknown. */
  String ofClass(long classId) {
    long nameId = classNames.get(classId);
    return nameId == LongTable.ABSENT ? "" : text(nameId).replace('/', '.');
  }

  private String read(long id) {
    long at = id == 0 ? LongTable.ABSENT : texts.get(id);
    if (at == LongTable.ABSENT) {
      return "";
    }
    // The length is the last part of the record's head, right before its body.
    long length = bytes.u4(at - 4) - idSize;
    return bytes.utf8(at + idSize, (int) Math.min(length, 1 << 16));
  }
}
