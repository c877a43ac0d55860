package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.prove.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks at a JVM's threads twice, before its heap is dumped and after, to tell which have not run in between. Without that a
 * thread that was just woken, and has not come to run yet, would look stuck in the dump.
 */
final class ThreadWatch {
  private final AttachedJvm jvm;
  private final long pid;
  private final DumpFolder folder;
  private final ThreadPrint firstPrint;
  private final ThreadTurns firstTurns;
  private final VirtualStacks firstStacks;
  private final long start;

  /**
   * Looks for the first time.
   *
   * @param folder where the JVM may write
   */
  ThreadWatch(AttachedJvm jvm, long pid, DumpFolder folder)
      throws AttachFailedException, IOException {
    this.jvm = jvm;
    this.pid = pid;
    this.folder = folder;
    this.firstPrint = print();
    this.firstStacks = stacks("threads-1.txt");
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
   * @param stood how long it was from the first look to the dump
   */
  Observation lookAgain(Duration stood) throws AttachFailedException, IOException {
    ThreadTurns turns = ThreadTurns.read(pid, firstPrint.nativeIds().values());
    ThreadPrint print = print();
    Set<Long> still = new HashSet<>(firstStacks.sameAs(stacks("threads-2.txt")));
    for (Map.Entry<Long, Long> thread : firstPrint.nativeIds().entrySet()) {
      Long before = firstTurns.turns().get(thread.getValue());
      boolean same = thread.getValue().equals(print.nativeIds().get(thread.getKey()));
      if (same && before != null && before.equals(turns.turns().get(thread.getValue()))) {
        still.add(thread.getKey());
      }
    }
    return new Observation(true, still, print.owners(), stood);
  }

  private ThreadPrint print() throws AttachFailedException {
    return ThreadPrint.parse(jvm.command("Thread.print"));
  }

  private VirtualStacks stacks(String name) throws IOException {
    Path file = folder.file(name);
    try {
      jvm.command("Thread.dump_to_file " + file);
    } catch (AttachFailedException e) {
      // The command has come with virtual threads.
      return VirtualStacks.NONE;
    }
    if (!Files.exists(file)) {
      return VirtualStacks.NONE;
    }
    VirtualStacks stacks = VirtualStacks.read(file);
    Files.delete(file);
    return stacks;
  }
}
