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

  /** What {@link #mark} says of an object without references. */
  public static final long LEAF = ObjectIndex.LEAF;

  final MappedBytes bytes;
  final HeapRecords records;
  final Names names;
  final ObjectIndex index;
  private final DumpedStacks threads;
  private final ClassStatics statics;
  private final Links links;
  private final LongList globalRoots;
  private final LongList noted;
  private final LongTable classNumbers;
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
    this.globalRoots = reader.globalRoots;
    this.noted = reader.noted;
    this.classes = Collections.unmodifiableList(new ArrayList<>(reader.classes));
    this.classNumbers = reader.classNumbers;
    this.index = index;
    this.idSize = reader.idSize;
    this.takenAtMillis = reader.takenAtMillis;
    this.threads = new DumpedStacks(bytes, records, reader.threads, reader.stacks);
    this.statics = new ClassStatics(bytes, records, names);
    this.links = new Links(this);
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
    long i = id == 0 ? LongTable.ABSENT : classNumbers.get(id);
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

  /** The threads, their stacks, and the roots in these. */
  public DumpedStacks threads() {
    return threads;
  }

  /** What belongs to classes themselves. */
  public ClassStatics statics() {
    return statics;
  }

  /** The names of references. */
  public Links links() {
    return links;
  }

  /** How many roots there are that belong to no thread's stack. */
  public int globalRoots() {
    return globalRoots.size();
  }

  /** Where the record of one of them starts. */
  public long globalRoot(int i) {
    return globalRoots.get(i);
  }

  /**
   * Marks an object.
   *
   * @return where its record starts, or {@link #LEAF} if it has no references; {@link #ABSENT} when there is no such object or it was
   *     marked before
   */
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

  /** Notes the record from which an object was reached first; costs 4 to 5 bytes an object once it is used. */
  public void cameFrom(long id, long at) {
    index.cameFrom(id, at);
  }

  /** What {@link #cameFrom} has noted; 0 when nothing. */
  public long origin(long id) {
    return index.origin(id);
  }
}
