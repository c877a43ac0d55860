package io.leakwatch.prove.heap;

/**
 * The threads of a dump and where the roots in their stacks are. A thread's roots stand one behind the other, so that a run
 * of records is kept for them and no root of its own. Not thread-safe.
 */
final class ThreadTable {
  private final LongTable bySerial = new LongTable();
  private final LongList objects = new LongList();
  private final LongList serials = new LongList();
  private final LongList traces = new LongList();

  /** Of each run of roots the thread's serial number, where it starts, how many, and the run before of the same thread. */
  private final LongList runs = new LongList();

  private final LongTable lastRun = new LongTable();
  private long nextAt = -1;

  /** A thread: the id of its object, its serial number, that of its stack trace. */
  void addThread(long object, long serial, long trace) {
    // More than one record for a thread was never seen; the last one counts.
    bySerial.put(serial, objects.size());
    objects.add(object);
    serials.add(serial);
    traces.add(trace);
  }

  /** A root in the stack of a thread: its record starts at {@code at} and ends at {@code end}. */
  void addRoot(long serial, long at, long end) {
    int last = runs.size() - 4;
    if (last >= 0 && runs.get(last) == serial && at == nextAt) {
      runs.set(last + 2, runs.get(last + 2) + 1);
    } else {
      long before = lastRun.get(serial);
      lastRun.put(serial, runs.size());
      runs.add(serial);
      runs.add(at);
      runs.add(1);
      runs.add(before);
    }
    nextAt = end;
  }

  int size() {
    return objects.size();
  }

  long object(int thread) {
    return objects.get(thread);
  }

  long trace(int thread) {
    return traces.get(thread);
  }

  /** Of the thread with that serial number; -1 when there is none. */
  int indexOf(long serial) {
    return (int) bySerial.get(serial);
  }

  /** Is told of runs of root records: where the first starts, and how many there are. */
  interface Runs {
    void run(long at, int count);
  }

  /** The roots in the stack of a thread. */
  void eachRun(int thread, Runs sink) {
    for (long run = lastRun.get(serials.get(thread)); run >= 0; run = runs.get((int) run + 3)) {
      sink.run(runs.get((int) run + 1), (int) runs.get((int) run + 2));
    }
  }

  /** The roots in stacks of threads that the dump does not have. */
  void eachStrayRun(Runs sink) {
    for (int run = 0; run < runs.size(); run += 4) {
      if (indexOf(runs.get(run)) < 0) {
        sink.run(runs.get(run + 1), (int) runs.get(run + 2));
      }
    }
  }
}
