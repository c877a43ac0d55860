package io.leakwatch.sample;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the few oldest threads of a group while a census runs. Holds them strongly: for the time of one sample. */
final class OldestThreads {
  /** As many names as a finding holds. */
  static final int KEPT = 10;

  private final @Nullable Thread[] threads = new Thread[KEPT];
  private final long[] ids = new long[KEPT];
  private int size;

  void offer(Thread thread, long id) {
    if (size == KEPT && id >= ids[size - 1]) {
      return;
    }
    int at = size < KEPT ? size++ : size - 1;
    while (at > 0 && ids[at - 1] > id) {
      ids[at] = ids[at - 1];
      threads[at] = threads[at - 1];
      at--;
    }
    ids[at] = id;
    threads[at] = thread;
  }

  /** All of them, the oldest first. */
  List<Thread> all() {
    List<Thread> all = new ArrayList<>(size);
    for (Thread thread : threads) {
      if (thread != null) {
        all.add(thread);
      }
    }
    return all;
  }

  /** Their names, without the empty ones that most virtual threads have. */
  List<String> names() {
    List<String> names = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Thread thread = threads[i];
      if (thread != null && !thread.getName().isEmpty()) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  /** Looks at the oldest {@code limit} of them, {@code depth} frames deep. */
  List<ThreadDetail> details(int limit, int depth) {
    List<ThreadDetail> details = new ArrayList<>(limit);
    for (int i = 0; i < Math.min(limit, size); i++) {
      Thread thread = threads[i];
      if (thread != null) {
        details.add(ThreadDetail.of(thread, depth));
      }
    }
    return details;
  }
}
