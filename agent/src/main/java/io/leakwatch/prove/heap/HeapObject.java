package io.leakwatch.prove.heap;

import org.jspecify.annotations.Nullable;

/** An object of the dumped heap, to look at a few of its fields. A value. */
public final class HeapObject {
  private static final int NO_FIELD = -1;

  private final HeapDump dump;
  private final long id;
  private final long at;
  private final HeapClass type;

  HeapObject(HeapDump dump, long id, long at, HeapClass type) {
    this.dump = dump;
    this.id = id;
    this.at = at;
    this.type = type;
  }

  /** Its id. */
  public long id() {
    return id;
  }

  /** Its class. */
  public HeapClass type() {
    return type;
  }

  /** The object in a field, by the field's name; {@code null} when the field is null, or is not there. */
  public @Nullable HeapObject object(String field) {
    return dump.object(reference(field));
  }

  /** The id in a field; 0 when the field is null, or is not there. */
  public long reference(String field) {
    long place = place(field, Tags.TYPE_OBJECT);
    return place == NO_FIELD ? 0 : dump.reference(place);
  }

  /** The value of an {@code int} field; {@code absent} when it is not there. */
  public int intValue(String field, int absent) {
    long place = place(field, Tags.TYPE_INT);
    return place == NO_FIELD ? absent : dump.bytes.i4(place);
  }

  /** The value of a {@code long} field; {@code absent} when it is not there. */
  public long longValue(String field, long absent) {
    long place = place(field, Tags.TYPE_LONG);
    return place == NO_FIELD ? absent : dump.bytes.i8(place);
  }

  /** The value of a {@code boolean} field; false when it is not there. */
  public boolean booleanValue(String field) {
    long place = place(field, Tags.TYPE_BOOLEAN);
    return place != NO_FIELD && dump.bytes.u1(place) != 0;
  }

  /** The text in a field of type {@code String}; empty when the field is null, or is not there. */
  public String text(String field) {
    HeapObject string = object(field);
    return string == null ? "" : string.asText();
  }

  private String asText() {
    long value = dump.position(reference("value"));
    if (value == HeapDump.ABSENT || dump.tag(value) != Tags.PRIMITIVE_ARRAY) {
      return "";
    }
    long body = value + 1 + dump.idSize() + 9;
    int length = (int) Math.min(dump.arrayLength(value), 1 << 16);
    int kind = dump.bytes.u1(body - 1);
    long coder = place("coder", Tags.TYPE_BYTE);
    boolean latin1 = coder != NO_FIELD && dump.bytes.u1(coder) == 0;
    StringBuilder text = new StringBuilder();
    if (kind == Tags.TYPE_CHAR) {
      for (int i = 0; i < length; i++) {
        text.append((char) dump.bytes.u2(body + 2L * i));
      }
    } else if (latin1) {
      for (int i = 0; i < length; i++) {
        text.append((char) dump.bytes.u1(body + i));
      }
    } else {
      // Two bytes a character, in the order of the dumped JVM's machine; all that run today are
      // little-endian but one.
      for (int i = 0; i + 1 < length; i += 2) {
        text.append((char) (dump.bytes.u1(body + i) | dump.bytes.u1(body + i + 1) << 8));
      }
    }
    return text.toString();
  }

  private long place(String field, int kind) {
    int place = type.placeOf(field, kind, dump.names, dump.idSize());
    return place < 0 ? NO_FIELD : dump.fieldsAt(at) + place;
  }
}
