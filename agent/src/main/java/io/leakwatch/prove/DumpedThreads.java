package io.leakwatch.prove;

import io.leakwatch.frames.Frames;
import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.HeapObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads from a dump how each of its threads waits, and for what. Whatever is not certain counts as a thread that runs. */
final class DumpedThreads {
  // Bits of a platform thread's status, as JVMTI's GetThreadState has them.
  private static final int WAITING_INDEFINITELY = 0x10;
  private static final int IN_OBJECT_WAIT = 0x100;
  private static final int PARKED = 0x200;
  private static final int BLOCKED_ON_MONITOR = 0x400;

  private static final int NO_STATE = -1;

  private final HeapDump dump;
  private final VirtualStates virtualStates;

  private DumpedThreads(HeapDump dump) {
    this.dump = dump;
    this.virtualStates = new VirtualStates(dump);
  }

  /** All threads of a dump, each at its index. */
  static List<DumpedThread> of(HeapDump dump) {
    DumpedThreads reader = new DumpedThreads(dump);
    List<DumpedThread> threads = new ArrayList<>();
    for (int i = 0; i < dump.threads().size(); i++) {
      threads.add(reader.thread(i));
    }
    return threads;
  }

  private DumpedThread thread(int index) {
    long id = dump.threads().object(index);
    HeapObject object = dump.object(id);
    if (object == null) {
      return new DumpedThread(index, id, -1, "", false, false, true, Wait.NONE, 0, true);
    }
    HeapClass type = object.type();
    boolean virtual = type.isA("java.lang.VirtualThread");
    boolean blind = type.isA("jdk.internal.misc.CarrierThread") || Frames.isAgent(type.name());
    // A carrier whose virtual thread is pinned waits for what that waits for.
    Wait wait = blind ? Wait.NONE : virtual ? virtualWait(object) : platformWait(object);
    long blocker = switch (wait) {
      case PARK -> object.reference("parkBlocker");
      case OBJECT_WAIT -> waitedFor(index);
      default -> 0;
    };
    if (wait == Wait.OBJECT_WAIT && blocker == 0) {
      // Compiled code need not tell what it waits for.
      wait = Wait.NONE;
    }
    long tid = object.longValue("tid", -1);
    boolean byHandle = wait == Wait.PARK && isWokenByHandle(blocker);
    boolean lost = virtual
        && dump.threads().hasNoStack(index)
        && !virtualStates.isBeforeItsStart(object.intValue("state", NO_STATE));
    return new DumpedThread(
        index, id, tid, object.text("name"), virtual, blind, lost, wait, blocker, byHandle);
  }

  private static Wait platformWait(HeapObject thread) {
    // Since JDK 19 in an object of its own.
    HeapObject holder = thread.object("holder");
    int status = (holder == null ? thread : holder).intValue("threadStatus", 0);
    if ((status & BLOCKED_ON_MONITOR) != 0) {
      return Wait.MONITOR;
    }
    // An interrupt ends both waits, so with one pending it is about to run.
    if ((status & WAITING_INDEFINITELY) == 0 || thread.booleanValue("interrupted")) {
      return Wait.NONE;
    }
    return (status & PARKED) != 0
        ? Wait.PARK
        : (status & IN_OBJECT_WAIT) != 0 ? Wait.OBJECT_WAIT : Wait.NONE;
  }

  private Wait virtualWait(HeapObject thread) {
    int state = thread.intValue("state", NO_STATE);
    if (virtualStates.isParked(state)) {
      boolean goesOn = thread.booleanValue("parkPermit") || thread.booleanValue("interrupted");
      return goesOn ? Wait.NONE : Wait.PARK;
    } else if (virtualStates.isBlocked(state)) {
      return thread.booleanValue("blockPermit") ? Wait.NONE : Wait.MONITOR;
    } else if (virtualStates.isWaiting(state)) {
      boolean goesOn = thread.booleanValue("notified") || thread.booleanValue("interrupted");
      return goesOn ? Wait.NONE : Wait.OBJECT_WAIT;
    }
    return Wait.NONE;
  }

  /**
   * The monitor of a thread in {@code Object.wait}: {@code this} of that method, which has no other reference but the thread
   * itself. On JDK 17 the method with a timeout is native and has none, but {@code Thread.join}, which calls it, has the
   * thread. 0 when unknown, also when a thread waits for itself.
   */
  private long waitedFor(int index) {
    List<StackTraceElement> stack = dump.threads().stack(index);
    Set<Integer> frames = new HashSet<>();
    int next = 0;
    while (next < stack.size() && isObjectWait(stack.get(next))) {
      frames.add(next++);
    }
    if (frames.isEmpty()) {
      return 0;
    }
    long monitor = onlyReference(index, frames, "java.lang.Object");
    boolean joins = next < stack.size()
        && stack.get(next).getClassName().equals("java.lang.Thread")
        && stack.get(next).getMethodName().equals("join");
    return monitor == 0 && joins ? onlyReference(index, Set.of(next), "java.lang.Thread") : monitor;
  }

  /** The only object of a class in some frames; 0 when there is none, or more than one. */
  private long onlyReference(int index, Set<Integer> frames, String className) {
    long self = dump.threads().object(index);
    Set<Long> found = new HashSet<>();
    dump.threads().eachStackRoot(index, (id, frame, at) -> {
      if (frames.contains(frame) && id != self && isA(id, className)) {
        found.add(id);
      }
    });
    return found.size() == 1 ? found.iterator().next() : 0;
  }

  private boolean isA(long id, String className) {
    if (className.equals("java.lang.Object")) {
      return true;
    }
    HeapObject object = dump.object(id);
    return object != null && object.type().isA(className);
  }

  private static boolean isObjectWait(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Object")
        && frame.getMethodName().startsWith("wait");
  }

  /** The JDK's synchronizers find their waiters by their own queues; a fork-join pool does too, but by its workers. */
  private boolean isWokenByHandle(long blocker) {
    HeapObject object = dump.object(blocker);
    if (object == null) {
      return true;
    }
    HeapClass type = object.type();
    boolean ofJdk = type.name().startsWith("java.util.concurrent.")
        || type.isA("java.util.concurrent.locks.AbstractQueuedSynchronizer")
        || type.isA("java.util.concurrent.locks.AbstractQueuedLongSynchronizer");
    return !ofJdk || type.isA("java.util.concurrent.ForkJoinPool");
  }
}
