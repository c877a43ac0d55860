package io.leakwatch.prove;

import io.leakwatch.prove.EdgeRules.ClassRules;
import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.LongList;
import io.leakwatch.prove.heap.Tags;
import java.util.HashSet;
import java.util.Set;

/** Follows the references from an object, an array or a class, as the {@link EdgeRules} have it. Not thread-safe. */
final class Scan {
  /** Is told where the references lead. */
  interface Sink {
    /** To an object, from the record that starts there; 0 when a reference is null. */
    void reached(long id, long from);

    /** Through a container, which does not count as reached. */
    void passed(long id);
  }

  private final HeapDump dump;
  private final EdgeRules rules;
  private final Sink sink;
  private final LongList weakReferents = new LongList();
  private final Set<Long> containersOnTheWay = new HashSet<>();
  private boolean followsWeak;

  Scan(HeapDump dump, Sink sink) {
    this.dump = dump;
    this.rules = new EdgeRules(dump);
    this.sink = sink;
  }

  /** Follows what is in the record that starts there. */
  void follow(long at) {
    switch (dump.tag(at)) {
      case Tags.INSTANCE -> scanInstance(at, false);
      case Tags.OBJECT_ARRAY -> {
        long length = dump.arrayLength(at);
        for (long i = 0; i < length; i++) {
          sink.reached(dump.arrayElement(at, i), at);
        }
      }
      default -> scanClass(at);
    }
  }

  private void scanClass(long at) {
    HeapClass type = dump.classById(dump.idAt(at));
    boolean cut = type == null || rules.hasCutStatics(type);
    dump.statics().eachReference(at, cut, (field, id) -> {
      if (type == null || field.isEmpty() || rules.followsStatic(type, field)) {
        sink.reached(id, at);
      }
    });
  }

  /**
   * Follows the fields of the instance whose record starts there.
   *
   * @param onTheWay whether it is a container on the way of a thread that ends, which does not come to the others in it
   */
  void scanInstance(long at, boolean onTheWay) {
    HeapClass type = dump.classAt(at);
    if (type == null) {
      return;
    }
    ClassRules rule = rules.of(type);
    long fields = dump.fieldsAt(at);
    for (int place : rule.strong) {
      sink.reached(dump.reference(fields + place), at);
    }
    for (int place : rule.toContainer) {
      reachContainer(dump.reference(fields + place), at);
    }
    if (!onTheWay) {
      for (int place : rule.ofContainer) {
        sink.reached(dump.reference(fields + place), at);
      }
    }
    if (rule.weak >= 0) {
      if (followsWeak) {
        sink.reached(dump.reference(fields + rule.weak), at);
      } else {
        weakReferents.add(at);
      }
    }
  }

  /** The object of a thread that cannot run, in the hands of somebody else. */
  void scanReadable(long at) {
    HeapClass type = dump.classAt(at);
    if (type != null) {
      for (int place : rules.of(type).readable) {
        sink.reached(dump.reference(dump.fieldsAt(at) + place), at);
      }
    }
  }

  /** A container on the way of a thread that ends: without its other threads, and without a mark, so that it may still be reached. */
  private void reachContainer(long id, long from) {
    long at = dump.position(id);
    HeapClass type = at == HeapDump.ABSENT ? null : dump.classAt(at);
    if (type == null) {
      return;
    }
    ClassRules rule = rules.of(type);
    if (rule.ofContainer.length == 0 && rule.toContainer.length == 0) {
      sink.reached(id, from);
    } else if (!dump.isMarked(id) && containersOnTheWay.add(id)) {
      sink.passed(id);
      scanInstance(at, true);
    }
  }

  /** From now on weak and soft references are followed, too: first those that were come by so far. */
  void followWeak() {
    followsWeak = true;
    for (int i = 0; i < weakReferents.size(); i++) {
      long at = weakReferents.get(i);
      HeapClass type = dump.classAt(at);
      if (type != null) {
        sink.reached(dump.reference(dump.fieldsAt(at) + rules.of(type).weak), at);
      }
    }
  }
}
