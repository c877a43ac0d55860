package io.leakwatch.prove.heap;

import java.util.List;

/** The threads of a dump by their numbers in it, from 0 on, with their stacks and the roots in these. Not thread-safe. */
public final class DumpedStacks {
  /** Is told of the roots in a thread's stack. */
  public interface Roots {
    /**
     * One root.
     *
     * @param frame the number of its frame, the innermost has 0; -1 when it belongs to none
     * @param at where its record starts
     */
    void root(long id, int frame, long at);
  }

  private final MappedBytes bytes;
  private final HeapRecords records;
  private final ThreadTable threads;
  private final StackTable stacks;

  DumpedStacks(MappedBytes bytes, HeapRecords records, ThreadTable threads, StackTable stacks) {
    this.bytes = bytes;
    this.records = records;
    this.threads = threads;
    this.stacks = stacks;
  }

  /** How many threads had started and not ended. */
  public int size() {
    return threads.size();
  }

  /** The id of a thread's object. */
  public long object(int thread) {
    return threads.object(thread);
  }

  /** The thread in whose stack the root is whose record starts there; -1 for other records. */
  public int threadOfRoot(long at) {
    int tag = bytes.u1(at);
    boolean ofThread = tag == Tags.ROOT_JAVA_FRAME || tag == Tags.ROOT_JNI_LOCAL;
    return ofThread ? threads.indexOf(bytes.u4(at + 1 + records.idSize())) : -1;
  }

  /** The number of the frame that the root belongs to whose record starts there; -1 for other records. */
  public int frameOfRoot(long at) {
    return threadOfRoot(at) < 0 ? -1 : bytes.i4(at + 1 + records.idSize() + 4);
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
  public void eachStackRoot(int thread, Roots sink) {
    threads.eachRun(thread, (at, count) -> roots(at, count, sink));
  }

  /** The roots in stacks of threads that the dump does not have. */
  public void eachStrayRoot(Roots sink) {
    threads.eachStrayRun((at, count) -> roots(at, count, sink));
  }

  private void roots(long first, int count, Roots sink) {
    long at = first;
    for (int i = 0; i < count; i++) {
      int tag = bytes.u1(at);
      boolean framed = tag == Tags.ROOT_JAVA_FRAME || tag == Tags.ROOT_JNI_LOCAL;
      sink.root(records.id(at + 1), framed ? bytes.i4(at + 1 + records.idSize() + 4) : -1, at);
      at += 1 + records.idSize() + (framed ? 8 : 4);
    }
  }
}
