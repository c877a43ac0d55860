package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.prove.Observation;
import io.leakwatch.prove.Stuck;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks at a JVM's threads twice, before its heap is dumped and after, to tell which have not run in between. Without that a
 * thread that was just woken, and has not come to run yet, would look stuck in the dump.
 *
 * <p>Virtual threads are not looked at: the diagnostic command that shows them, Thread.dump_to_file, was seen to crash a busy
 * JVM (25.0.3, in GetThreadSnapshotClosure::do_thread; see https://bugs.openjdk.org/browse/JDK-8364343). They are confirmed
 * by two dumps.
 */
final class ThreadWatch {
  private final AttachedJvm jvm;
  private final long pid;
  private final ThreadPrint firstPrint;
  private final ThreadTurns firstTurns;
  private final long start;

  /** Looks for the first time. */
  ThreadWatch(AttachedJvm jvm, long pid) throws AttachFailedException {
    this.jvm = jvm;
    this.pid = pid;
    this.firstPrint = print();
    this.firstTurns = ThreadTurns.read(pid, firstPrint.nativeIds().values());
    this.start = System.nanoTime();
  }

  /** How long ago the first look was. */
  Duration since() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Looks for the second time.
   *
   * @param stuckBefore the virtual threads that were stuck in an earlier dump
   * @param virtualOwners of virtual threads that are blocked at a monitor, the number of the one that holds it
   * @param stood how long it was from the first look to the dump
   */
  Observation lookAgain(Stuck stuckBefore, Map<Long, Long> virtualOwners, Duration stood)
      throws AttachFailedException {
    ThreadTurns turns = ThreadTurns.read(pid, firstPrint.nativeIds().values());
    ThreadPrint print = print();
    Set<Long> still = new HashSet<>();
    for (Map.Entry<Long, Long> thread : firstPrint.nativeIds().entrySet()) {
      Long before = firstTurns.turns().get(thread.getValue());
      boolean same = thread.getValue().equals(print.nativeIds().get(thread.getKey()));
      if (same && before != null && before.equals(turns.turns().get(thread.getValue()))) {
        still.add(thread.getKey());
      }
    }
    Map<Long, Long> owners = new HashMap<>(virtualOwners);
    owners.putAll(print.owners());
    long highest =
        firstPrint.nativeIds().keySet().stream().mapToLong(id -> id).max().orElse(0);
    return new Observation(still, ThreadTurns.areKnown(pid), highest, stuckBefore, owners, stood);
  }

  private ThreadPrint print() throws AttachFailedException {
    return ThreadPrint.parse(jvm.command("Thread.print"));
  }
}
