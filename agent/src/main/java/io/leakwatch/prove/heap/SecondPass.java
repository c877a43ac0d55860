package io.leakwatch.prove.heap;

import java.util.function.Predicate;

/** Notes where each object is and whether it has references, and makes sure that it has as many bytes as its class has fields. */
final class SecondPass implements HeapRecords.Sink {
  private final MappedBytes bytes;
  private final HeapRecords records;
  private final LongList noted;
  private final ObjectIndex index;
  private final LongTable numbers;

  // Of each class, by its number.
  private final boolean[] isNoted;
  private final boolean[] isLeaf;
  private final int[] sizes;

  private long lastClassId;
  private int lastNumber = -1;

  /**
   * A pass.
   *
   * @param notedClasses of which classes the instances are noted
   */
  SecondPass(DumpReader reader, ObjectIndex index, Predicate<HeapClass> notedClasses) {
    this.bytes = reader.bytes;
    this.records = reader.records;
    this.noted = reader.noted;
    this.index = index;
    this.numbers = reader.classNumbers;
    int classes = reader.classes.size();
    this.isNoted = new boolean[classes];
    this.isLeaf = new boolean[classes];
    this.sizes = new int[classes];
    for (HeapClass type : reader.classes) {
      isNoted[type.number()] = notedClasses.test(type);
      isLeaf[type.number()] = type.referenceOffsets().length == 0;
      sizes[type.number()] = type.size();
    }
  }

  @Override
  public void object(int tag, long id, long at) throws DumpFormatException {
    boolean leaf = switch (tag) {
      case Tags.INSTANCE -> instance(at);
      case Tags.PRIMITIVE_ARRAY -> true;
      default -> false;
    };
    index.locate(id, at, leaf);
  }

  /** Whether it has no references. */
  private boolean instance(long at) throws DumpFormatException {
    long classId = records.id(at + 1 + records.idSize() + 4);
    if (classId != lastClassId) {
      lastClassId = classId;
      lastNumber = (int) numbers.get(classId);
    }
    int number = lastNumber;
    if (number < 0) {
      return false;
    }
    if (sizes[number] != bytes.u4(at + records.instanceHeader() - 4)) {
      throw new DumpFormatException("corrupt: an object is not as long as its class says", at);
    }
    if (isNoted[number]) {
      noted.add(at);
    }
    return isLeaf[number];
  }

  @Override
  public void root(int tag, long id, long at) {}
}
