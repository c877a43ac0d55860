package io.leakwatch.prove;

import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.HeapObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for a lock which nobody will ever unlock: its owner has ended, can never run again, or waits in turn for
 * a lock of such an owner, in a circle in the end. For the locks of the JDK only, which nobody but the owner can unlock.
 */
final class OrphanLocks {
  private static final int TERMINATED_STATUS = 2;

  private final HeapDump dump;
  private final Map<Long, Integer> indexOfObject = new HashMap<>();
  private final boolean[] orphan;

  /** The owner's object, of each thread that waits for such a lock. */
  private final Map<Integer, HeapObject> owners = new HashMap<>();

  /**
   * Finds them all.
   *
   * @param canRun of each thread whether it was seen to run, or runs
   * @param dead of each thread whether it can never run again, for other reasons
   */
  OrphanLocks(HeapDump dump, List<DumpedThread> threads, boolean[] canRun, boolean[] dead) {
    this.dump = dump;
    this.orphan = new boolean[threads.size()];
    for (DumpedThread thread : threads) {
      indexOfObject.put(thread.object(), thread.index());
      HeapObject owner = canRun[thread.index()] ? null : owner(thread);
      if (owner != null) {
        owners.put(thread.index(), owner);
        orphan[thread.index()] = true;
      }
    }
    // All are taken for orphans at first, so that circles remain; then those whose owner may unlock
    // drop out.
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Map.Entry<Integer, HeapObject> each : owners.entrySet()) {
        if (orphan[each.getKey()] && mayUnlock(each.getValue(), dead)) {
          orphan[each.getKey()] = false;
          changed = true;
        }
      }
    }
  }

  /** Whether a thread waits for such a lock. */
  boolean contains(int thread) {
    return orphan[thread];
  }

  /** Whether a thread, by its object, waits for such a lock. */
  boolean isOrphan(HeapObject thread) {
    Integer index = indexOfObject.get(thread.id());
    return index != null && orphan[index];
  }

  /** The {@code Thread} that owns the lock for which a thread waits; {@code null} when it waits for none. */
  @Nullable
  HeapObject ownerOf(int thread) {
    return owners.get(thread);
  }

  /** Whether a thread, by its object, has ended. */
  boolean hasEnded(HeapObject thread) {
    return !indexOfObject.containsKey(thread.id()) && isTerminated(thread);
  }

  private @Nullable HeapObject owner(DumpedThread thread) {
    HeapObject lock = thread.waits() == Wait.PARK ? dump.object(thread.blocker()) : null;
    boolean owned = lock != null
        && (lock.type().isA("java.util.concurrent.locks.ReentrantLock$Sync")
            || lock.type().isA("java.util.concurrent.locks.ReentrantReadWriteLock$Sync"));
    return lock == null || !owned ? null : lock.object("exclusiveOwnerThread");
  }

  private boolean mayUnlock(HeapObject owner, boolean[] dead) {
    Integer index = indexOfObject.get(owner.id());
    return index == null ? !isTerminated(owner) : !dead[index] && !orphan[index];
  }

  private boolean isTerminated(HeapObject thread) {
    if (thread.type().isA("java.lang.VirtualThread")) {
      return new VirtualStates(dump).isTerminated(thread.intValue("state", 0));
    }
    HeapObject holder = thread.object("holder");
    return (holder == null ? thread : holder).intValue("threadStatus", 0) == TERMINATED_STATUS;
  }
}
