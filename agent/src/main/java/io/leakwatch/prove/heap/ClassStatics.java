package io.leakwatch.prove.heap;

/** What belongs to the classes of a dump themselves: static fields, and the references that a class has besides. Not thread-safe. */
public final class ClassStatics {
  private final MappedBytes bytes;
  private final HeapRecords records;
  private final Names names;

  ClassStatics(MappedBytes bytes, HeapRecords records, Names names) {
    this.bytes = bytes;
    this.records = records;
    this.names = names;
  }

  /**
   * The references from a class: superclass, loader, signers, protection domain and static fields; tells no null.
   *
   * @param named whether the names of the static fields are wanted; without, they are empty, too
   */
  public void eachReference(long at, boolean named, StaticFields sink) {
    int idSize = records.idSize();
    long next = at + 1 + idSize + 4;
    for (int i = 0; i < 4; i++, next += idSize) {
      sink.reference("", records.id(next));
    }
    eachStaticValue(at, (name, kind, value) -> {
      if (kind == Tags.TYPE_OBJECT) {
        sink.reference(named ? names.text(name) : "", records.id(value));
      }
    });
  }

  /** Is told of the references from a class. */
  public interface StaticFields {
    /** One reference; {@code name} is empty when it is in no static field. */
    void reference(String name, long id);
  }

  /** The value of a static {@code int} field of a class; {@code absent} when there is no such field. */
  public int intValue(HeapClass type, String field, int absent) {
    int[] found = {absent};
    eachStaticValue(type.position, (name, kind, value) -> {
      if (kind == Tags.TYPE_INT && names.text(name).equals(field)) {
        found[0] = bytes.i4(value);
      }
    });
    return found[0];
  }

  private interface StaticValues {
    void value(long nameId, int type, long at);
  }

  private void eachStaticValue(long at, StaticValues sink) {
    int idSize = records.idSize();
    try {
      long next = records.staticsOf(at);
      int count = bytes.u2(next);
      next += 2;
      for (int i = 0; i < count; i++) {
        int type = bytes.u1(next + idSize);
        sink.value(records.id(next), type, next + idSize + 1);
        next += idSize + 1 + records.typeSize(type, next + idSize);
      }
    } catch (DumpFormatException e) {
      throw new IllegalStateException("this class was read before", e);
    }
  }
}
