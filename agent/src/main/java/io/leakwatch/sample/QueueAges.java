package io.leakwatch.sample;

import io.leakwatch.registry.ExecutorEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long the next task in a queue has been waiting, without looking at any task: tasks that come out in the order
 * in which they went in are numbered by the count of those that went in before them. At each sample that count is noted;
 * the next task's number is that of the tasks that have come out, and one.
 *
 * <p>Only of executors that have something in their queue, {@value #KEPT} notes of each. Where tasks are taken out of the
 * middle of a queue they are not counted any more: then the age is rather told too short. Belongs to the sampling thread.
 */
final class QueueAges {
  static final int KEPT = 32;

  /** How many tasks had gone in by some time. */
  private record Note(Duration elapsed, long in) {}

  private Map<Long, ArrayDeque<Note>> notes = new HashMap<>();

  /** Notes what has gone into the queues of executors by the sample at {@code elapsed}. */
  void note(Iterable<ExecutorEntry> executors, Duration elapsed) {
    Map<Long, ArrayDeque<Note>> next = new HashMap<>();
    for (ExecutorEntry executor : executors) {
      if (executor.queuedTasks() > 0 && executor.isInOrder()) {
        ArrayDeque<Note> known = notes.get(executor.sequence());
        next.put(
            executor.sequence(),
            noted(
                known == null ? new ArrayDeque<>() : known,
                out(executor) + executor.queuedTasks(),
                elapsed));
      }
    }
    notes = next;
  }

  /** How long the next task of an executor has been waiting at the least; {@code null} when nothing is known of it. */
  @Nullable
  Duration oldest(ExecutorEntry executor, Duration elapsed) {
    ArrayDeque<Note> known = notes.get(executor.sequence());
    if (known == null || executor.queuedTasks() == 0) {
      return null;
    }
    long next = out(executor) + 1;
    for (Note note : known) {
      if (note.in() >= next) {
        return elapsed.minus(note.elapsed());
      }
    }
    return Duration.ZERO;
  }

  private static long out(ExecutorEntry executor) {
    return executor.finishedTasks() + executor.runningTasks();
  }

  private static ArrayDeque<Note> noted(ArrayDeque<Note> known, long in, Duration elapsed) {
    ArrayDeque<Note> next = new ArrayDeque<>(KEPT + 1);
    for (Note note : known) {
      next.add(note.in() <= in ? note : new Note(note.elapsed(), in));
    }
    next.add(new Note(elapsed, in));
    return next.size() <= KEPT ? next : thinned(next);
  }

  /** Of two neighbours in the older half the later goes on: an age is never told too long. */
  private static ArrayDeque<Note> thinned(ArrayDeque<Note> notes) {
    List<Note> all = new ArrayList<>(notes);
    ArrayDeque<Note> kept = new ArrayDeque<>();
    for (int i = 0; i < all.size(); i++) {
      if (i >= KEPT / 2 || i % 2 == 1) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }
}
