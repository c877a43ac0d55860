package io.leakwatch.prove.heap;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class of the dumped heap: what it is called, and where in an object's bytes its fields are. An object begins with the
 * fields of its class, then come those of the superclass, and so on.
 */
public final class HeapClass {
  private static final int[] NONE = {};

  final long superId;
  final long position;
  private final long id;
  private final long[] fieldNameIds;
  private final byte[] fieldTypes;
  private String name = "";
  private final Map<String, Integer> places = new HashMap<>();
  private int number;
  private @Nullable HeapClass superclass;
  private int size;
  private int ownSize;
  private int[] referenceOffsets = NONE;

  HeapClass(long id, long superId, long position, long[] fieldNameIds, byte[] fieldTypes) {
    this.id = id;
    this.superId = superId;
    this.position = position;
    this.fieldNameIds = fieldNameIds;
    this.fieldTypes = fieldTypes;
  }

  /** Once all classes are known, the superclass before its subclasses. */
  void link(int number, String name, @Nullable HeapClass superclass, int idSize) {
    this.number = number;
    this.name = name;
    this.superclass = superclass;
    int[] own = new int[fieldTypes.length];
    int references = 0;
    for (byte type : fieldTypes) {
      if (type == Tags.TYPE_OBJECT) {
        own[references++] = ownSize;
      }
      ownSize += Tags.size(type, idSize);
    }
    int[] inherited = superclass == null ? NONE : superclass.referenceOffsets;
    referenceOffsets = Arrays.copyOf(own, references + inherited.length);
    for (int i = 0; i < inherited.length; i++) {
      referenceOffsets[references + i] = ownSize + inherited[i];
    }
    size = ownSize + (superclass == null ? 0 : superclass.size);
  }

  /** Its place in {@link HeapDump#classes}. */
  public int number() {
    return number;
  }

  /** The id of its {@code Class} object. */
  public long id() {
    return id;
  }

  /** Such as {@code java.lang.String} or {@code [Ljava.lang.String;}. */
  public String name() {
    return name;
  }

  /** {@code null} for {@code Object} only. */
  public @Nullable HeapClass superclass() {
    return superclass;
  }

  /** Where in an object's bytes its references are, those of the superclasses included. Not to be changed. */
  public int[] referenceOffsets() {
    return referenceOffsets;
  }

  /** Bytes of an object's fields, those of the superclasses included. */
  public int size() {
    return size;
  }

  /** Bytes of the fields that this class declares itself. */
  public int ownSize() {
    return ownSize;
  }

  /** Whether it is that class or a subclass of it. */
  public boolean isA(String className) {
    for (HeapClass each = this; each != null; each = each.superclass) {
      if (each.name.equals(className)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where in an object's bytes a field is, of this class or the nearest superclass that has one of that name.
   *
   * @return -1 when there is none of that name and type
   */
  int placeOf(String field, int type, Names names, int idSize) {
    Integer known = places.get(field);
    if (known == null) {
      known = findPlace(field, type, names, idSize);
      places.put(field, known);
    }
    return known;
  }

  private int findPlace(String field, int type, Names names, int idSize) {
    int place = 0;
    for (HeapClass each = this; each != null; each = each.superclass) {
      for (int i = 0; i < each.fieldTypes.length; i++) {
        if (each.fieldTypes[i] == type && names.text(each.fieldNameIds[i]).equals(field)) {
          return place;
        }
        place += Tags.size(each.fieldTypes[i], idSize);
      }
    }
    return -1;
  }

  int fields() {
    return fieldTypes.length;
  }

  long fieldNameId(int field) {
    return fieldNameIds[field];
  }

  int fieldType(int field) {
    return fieldTypes[field];
  }
}
