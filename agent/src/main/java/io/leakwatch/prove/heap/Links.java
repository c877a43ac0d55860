package io.leakwatch.prove.heap;

/** The names of the references between the objects of a dump. Not thread-safe. */
public final class Links {
  private final HeapDump dump;
  private final Names names;

  Links(HeapDump dump) {
    this.dump = dump;
    this.names = dump.names;
  }

  /** The name of the {@code field}th reference in a class's own part of an object, counted from 0; empty when it has fewer. */
  public String fieldName(HeapClass declaring, int field) {
    int left = field;
    for (int i = 0; i < declaring.fields(); i++) {
      if (declaring.fieldType(i) == Tags.TYPE_OBJECT && left-- == 0) {
        return names.text(declaring.fieldNameId(i));
      }
    }
    return "";
  }

  /** By which field or element the record that starts there refers to an object; empty when it does not. */
  public String name(long at, long to) {
    return switch (dump.tag(at)) {
      case Tags.OBJECT_ARRAY -> elementTo(at, to);
      case Tags.INSTANCE -> fieldTo(at, to);
      default -> {
        String[] found = {""};
        dump.statics().eachReference(at, true, (name, id) -> {
          if (id == to && found[0].isEmpty()) {
            found[0] = name.isEmpty() ? "class" : name;
          }
        });
        yield found[0];
      }
    };
  }

  private String elementTo(long at, long to) {
    for (long i = 0; i < dump.arrayLength(at); i++) {
      if (dump.arrayElement(at, i) == to) {
        return "[" + i + "]";
      }
    }
    return "";
  }

  private String fieldTo(long at, long to) {
    long place = dump.fieldsAt(at);
    for (HeapClass each = dump.classAt(at); each != null; each = each.superclass()) {
      for (int i = 0; i < each.fields(); i++) {
        if (each.fieldType(i) == Tags.TYPE_OBJECT && dump.reference(place) == to) {
          return names.text(each.fieldNameId(i));
        }
        place += Tags.size(each.fieldType(i), dump.idSize());
      }
    }
    return "";
  }
}
