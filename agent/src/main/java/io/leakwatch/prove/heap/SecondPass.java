package io.leakwatch.prove.heap;

import java.util.List;
import java.util.function.Predicate;

/** Notes where each object is, and makes sure that it has as many bytes as its class has fields. */
final class SecondPass implements HeapRecords.Sink {
  private final MappedBytes bytes;
  private final HeapRecords records;
  private final List<HeapClass> classes;
  private final LongList noted;
  private final ObjectIndex index;
  private final LongTable numbers;
  private final boolean[] isNoted;
  private long lastClassId;
  private int lastNumber = -1;

  /**
   * A pass.
   *
   * @param numbers of each class by its id
   * @param notedClasses of which classes the instances are noted
   */
  SecondPass(
      DumpReader reader, ObjectIndex index, LongTable numbers, Predicate<HeapClass> notedClasses) {
    this.bytes = reader.bytes;
    this.records = reader.records;
    this.classes = reader.classes;
    this.noted = reader.noted;
    this.index = index;
    this.numbers = numbers;
    this.isNoted = new boolean[classes.size()];
    for (HeapClass type : classes) {
      isNoted[type.number()] = notedClasses.test(type);
    }
  }

  @Override
  public void object(int tag, long id, long at) throws DumpFormatException {
    index.locate(id, at);
    if (tag != Tags.INSTANCE) {
      return;
    }
    long classId = records.id(at + 1 + records.idSize() + 4);
    if (classId != lastClassId) {
      lastClassId = classId;
      lastNumber = (int) numbers.get(classId);
    }
    int number = lastNumber;
    if (number >= 0) {
      if (classes.get(number).size() != bytes.u4(at + records.instanceHeader() - 4)) {
        throw new DumpFormatException("corrupt: an object is not as long as its class says", at);
      } else if (isNoted[number]) {
        noted.add(at);
      }
    }
  }

  @Override
  public void root(int tag, long id, long at) {}
}
