package io.leakwatch.prove.heap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump in a file: its threads, roots, classes and objects. Objects are known by their ids and by where their record
 * starts in the file ({@code at}). Not thread-safe: marks are part of it.
 */
public final class HeapDump {
  /** What {@link #position} and {@link #mark} say of an object that is not there. */
  public static final long ABSENT = ObjectIndex.ABSENT;

  /** Is told of the roots in a thread's stack. */
  public interface StackRoots {
    /**
     * One root.
     *
     * @param frame the number of its frame, the innermost has 0; -1 when it belongs to none
     * @param at where its record starts
     */
    void root(long id, int frame, long at);
  }

  final MappedBytes bytes;
  final HeapRecords records;
  final Names names;
  final StackTable stacks;
  final ThreadTable threads;
  final ObjectIndex index;
  private final LongList globalRoots;
  private final LongList noted;
  private final LongTable classIndex = new LongTable();
  private final List<HeapClass> classes;
  private final int idSize;
  private final long takenAtMillis;

  /** What {@link #classById} found last: objects of a class stand side by side. */
  private long lastClassId;

  private @Nullable HeapClass lastClass;

  HeapDump(DumpReader reader, ObjectIndex index) {
    this.bytes = reader.bytes;
    this.records = reader.records;
    this.names = reader.names;
    this.stacks = reader.stacks;
    this.threads = reader.threads;
    this.globalRoots = reader.globalRoots;
    this.noted = reader.noted;
    this.classes = Collections.unmodifiableList(new ArrayList<>(reader.classes));
    this.index = index;
    this.idSize = reader.idSize;
    this.takenAtMillis = reader.takenAtMillis;
    for (int i = 0; i < classes.size(); i++) {
      classIndex.put(classes.get(i).id(), i);
    }
  }

  /**
   * Reads a dump.
   *
   * @param noted of which classes the instances are noted, see {@link #eachNoted}; should be few
   * @param progress is told the percentage that is done, ascending, from 0 to 100
   * @throws DumpFormatException when it is no dump, or one that is corrupt or cut off
   * @throws IOException when the file cannot be read
   */
  public static HeapDump open(Path file, Predicate<HeapClass> noted, LongConsumer progress)
      throws IOException {
    return new DumpReader(MappedBytes.map(file), progress).read(noted);
  }

  /** When it was taken, in milliseconds since 1970. */
  public long takenAtMillis() {
    return takenAtMillis;
  }

  /** How many bytes the file has. */
  public long fileSize() {
    return bytes.size();
  }

  /** Bytes of an id in this dump: 4 or 8. */
  public int idSize() {
    return idSize;
  }

  /** How many classes, objects and arrays there are. */
  public long objects() {
    return index.size();
  }

  /** All classes. */
  public List<HeapClass> classes() {
    return classes;
  }

  /** The class with that id; {@code null} when there is none. */
  public @Nullable HeapClass classById(long id) {
    if (id == lastClassId) {
      return lastClass;
    }
    long i = id == 0 ? LongTable.ABSENT : classIndex.get(id);
    lastClassId = id;
    lastClass = i == LongTable.ABSENT ? null : classes.get((int) i);
    return lastClass;
  }

  /** The first class of that name; {@code null} when there is none. */
  public @Nullable HeapClass classNamed(String name) {
    return classes.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  /** Where the object's record starts, or {@link #ABSENT}. */
  public long position(long id) {
    return id == 0 ? ABSENT : index.position(id);
  }

  /** The type of the record that starts there: one of {@link Tags}. */
  public int tag(long at) {
    return bytes.u1(at);
  }

  /** The id in the record that starts there: of an object itself, of a root what it refers to. */
  public long idAt(long at) {
    return records.id(at + 1);
  }

  /** The class of the instance, or of the array of references, whose record starts there; {@code null} for other records. */
  public @Nullable HeapClass classAt(long at) {
    return switch (tag(at)) {
      case Tags.INSTANCE -> classById(records.id(at + 1 + idSize + 4));
      case Tags.OBJECT_ARRAY -> classById(records.id(at + 1 + idSize + 8));
      default -> null;
    };
  }

  /** Where the fields of the instance begin whose record starts there. */
  public long fieldsAt(long at) {
    return at + records.instanceHeader();
  }

  /** How many references are in the array whose record starts there. */
  public long arrayLength(long at) {
    return records.arrayLength(at);
  }

  /** One reference of the array whose record starts there. */
  public long arrayElement(long at, long index) {
    return records.id(at + records.arrayHeader() + index * idSize);
  }

  /** The reference at this place in the file. */
  public long reference(long at) {
    return records.id(at);
  }

  /** Is told of objects. */
  public interface Objects {
    /** One, and where its record starts. */
    void object(long id, long at);
  }

  /** Tells the instances that were noted when the dump was opened. */
  public void eachNoted(Objects sink) {
    for (int i = 0; i < noted.size(); i++) {
      sink.object(idAt(noted.get(i)), noted.get(i));
    }
  }

  /** The object with that id, to look at its fields; {@code null} when there is none or it is no instance. */
  public @Nullable HeapObject object(long id) {
    long at = position(id);
    HeapClass type = at == ABSENT || tag(at) != Tags.INSTANCE ? null : classAt(at);
    return type == null ? null : new HeapObject(this, id, at, type);
  }

  /** The name of the {@code field}th reference in a class's own part of an object, counted from 0; empty when it has fewer. */
  public String referenceName(HeapClass declaring, int field) {
    int left = field;
    for (int i = 0; i < declaring.fields(); i++) {
      if (declaring.fieldType(i) == Tags.TYPE_OBJECT && left-- == 0) {
        return names.text(declaring.fieldNameId(i));
      }
    }
    return "";
  }

  /**
   * The references from a class: superclass, loader, signers, protection domain and static fields; tells no null.
   *
   * @param named whether the names of the static fields are wanted; without, they are empty, too
   */
  public void eachReferenceOfClass(long at, boolean named, StaticFields sink) {
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
  public int staticInt(HeapClass type, String field, int absent) {
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

  /** How many roots there are that belong to no thread's stack. */
  public int globalRoots() {
    return globalRoots.size();
  }

  /** Where the record of one of them starts. */
  public long globalRoot(int i) {
    return globalRoots.get(i);
  }

  /** How many threads had started and not ended. */
  public int threads() {
    return threads.size();
  }

  /** The id of a thread's object. */
  public long threadObject(int thread) {
    return threads.object(thread);
  }

  /** The thread in whose stack the root is whose record starts there; -1 for other records. */
  public int threadOfRoot(long at) {
    int tag = tag(at);
    boolean ofThread = tag == Tags.ROOT_JAVA_FRAME || tag == Tags.ROOT_JNI_LOCAL;
    return ofThread ? threads.indexOf(bytes.u4(at + 1 + idSize)) : -1;
  }

  /** The number of the frame that the root belongs to whose record starts there; -1 for other records. */
  public int frameOfRoot(long at) {
    return threadOfRoot(at) < 0 ? -1 : bytes.i4(at + 1 + idSize + 4);
  }

  /** By which field or element the record that starts there refers to an object; empty when it does not. */
  public String linkName(long at, long to) {
    return switch (tag(at)) {
      case Tags.OBJECT_ARRAY -> elementName(at, to);
      case Tags.INSTANCE -> fieldName(at, to);
      default -> {
        String[] found = {""};
        eachReferenceOfClass(at, true, (name, id) -> {
          if (id == to && found[0].isEmpty()) {
            found[0] = name.isEmpty() ? "class" : name;
          }
        });
        yield found[0];
      }
    };
  }

  private String elementName(long at, long to) {
    for (long i = 0; i < arrayLength(at); i++) {
      if (arrayElement(at, i) == to) {
        return "[" + i + "]";
      }
    }
    return "";
  }

  private String fieldName(long at, long to) {
    long place = fieldsAt(at);
    for (HeapClass each = classAt(at); each != null; each = each.superclass()) {
      for (int i = 0; i < each.fields(); i++) {
        if (each.fieldType(i) == Tags.TYPE_OBJECT && records.id(place) == to) {
          return names.text(each.fieldNameId(i));
        }
        place += Tags.size(each.fieldType(i), idSize);
      }
    }
    return "";
  }

  /** A thread's stack, innermost frame first. */
  public List<StackTraceElement> stack(int thread) {
    return stacks.frames(threads.trace(thread));
  }

  /** Whether there is no frame on a thread's stack. */
  public boolean hasNoStack(int thread) {
    return stacks.isEmpty(threads.trace(thread));
  }

  /** The classes whose methods are on a thread's stack, by id; 0 where unknown. */
  public long[] stackClasses(int thread) {
    return stacks.classes(threads.trace(thread));
  }

  /** A number that is the same for threads with the same stack, line by line, and hardly ever for others. */
  public long stackHash(int thread) {
    return stacks.hash(threads.trace(thread));
  }

  /** Tells the roots in a thread's stack, in no certain order. */
  public void eachStackRoot(int thread, StackRoots sink) {
    threads.eachRun(thread, (at, count) -> roots(at, count, sink));
  }

  /** The roots in stacks of threads that the dump does not have. */
  public void eachStrayRoot(StackRoots sink) {
    threads.eachStrayRun((at, count) -> roots(at, count, sink));
  }

  private void roots(long first, int count, StackRoots sink) {
    long at = first;
    for (int i = 0; i < count; i++) {
      int tag = tag(at);
      boolean framed = tag == Tags.ROOT_JAVA_FRAME || tag == Tags.ROOT_JNI_LOCAL;
      sink.root(records.id(at + 1), framed ? bytes.i4(at + 1 + idSize + 4) : -1, at);
      at += 1 + idSize + (framed ? 8 : 4);
    }
  }

  /** Marks an object; where its record starts if it was there and not marked yet, else {@link #ABSENT}. */
  public long mark(long id) {
    return id == 0 ? ABSENT : index.mark(id);
  }

  /** Whether an object is marked. */
  public boolean isMarked(long id) {
    return id != 0 && index.isMarked(id);
  }

  /** Lets {@link #isWatched} say so of an object, from now on. */
  public void watch(long id) {
    if (id != 0) {
      index.watch(id);
    }
  }

  /** Whether {@link #watch} was called for it. */
  public boolean isWatched(long id) {
    return id != 0 && index.isWatched(id);
  }

  /** Takes all marks away. */
  public void unmarkAll() {
    index.unmarkAll();
  }

  /** Notes the record from which an object was reached first; costs 5 bytes an object once it is used. */
  public void cameFrom(long id, long at) {
    index.cameFrom(id, at);
  }

  /** What {@link #cameFrom} has noted; 0 when nothing. */
  public long origin(long id) {
    return index.origin(id);
  }
}
