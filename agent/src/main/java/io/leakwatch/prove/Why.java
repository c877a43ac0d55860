package io.leakwatch.prove;

import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.Redaction;
import io.leakwatch.frames.Frames;
import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.Tags;
import io.leakwatch.text.PlainText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Says of a thread why it is not proven: by which path, a shortest one, its wake-up can be reached. */
final class Why {
  private static final int MAX_THREADS = 5;
  private static final int MAX_STEPS = 200;

  private final Proof proof;
  private final HeapDump dump;
  private final Redaction redaction;

  private Why(Proof proof, Redaction redaction) {
    this.proof = proof;
    this.redaction = redaction;
    this.dump = proof.dump();
  }

  /**
   * The lines about the threads of that name or number.
   *
   * @param proof one with paths
   * @param redaction takes out names of threads, classes and fields
   */
  static List<String> of(Proof proof, String wanted, Redaction redaction) {
    List<DumpedThread> found = proof.threads().stream()
        .filter(thread -> thread.name().equals(wanted)
            || wanted.equals("#" + thread.tid())
            || wanted.equals(Long.toString(thread.tid())))
        .toList();
    List<String> lines = new ArrayList<>();
    if (found.isEmpty()) {
      lines.add("there is no thread " + PlainText.quote(wanted)
          + " in the dump; name it as it is called, or by its number as #123");
    }
    found.stream()
        .limit(MAX_THREADS)
        .forEach(thread -> new Why(proof, redaction).tell(thread, lines));
    if (found.size() > MAX_THREADS) {
      lines.add("… " + (found.size() - MAX_THREADS) + " more threads of that name");
    }
    return lines;
  }

  private void tell(DumpedThread thread, List<String> lines) {
    String label = label(thread);
    ProofLevel level = proof.lastSearch().level(thread.index());
    if (thread.waits() == Wait.NONE) {
      lines.add(label + " runs, or goes on by itself: nothing has to wake it");
      frames(thread, lines);
      return;
    }
    if (proof.seen().refutes(thread)) {
      lines.add(label + " has run while it was watched");
      return;
    }
    boolean byHandle = !dump.isMarked(thread.blocker());
    if (level == ProofLevel.PROVEN) {
      lines.add(label + " never runs again: nothing leads to it");
      return;
    } else if (thread.waits() == Wait.MONITOR) {
      lines.add(label + " waits for a monitor whose owner can run, or is not known");
      return;
    }
    String what = byHandle
        ? "its Thread"
        : "what it waits for, " + redaction.text(ObjectWords.name(dump, thread.blocker())) + ",";
    lines.add(label
        + (level == null ? " is not proven to be stuck: " : " is " + level.title() + ": ")
        + what
        + " is reached by");
    path(byHandle ? thread.object() : thread.blocker(), lines);
  }

  private void frames(DumpedThread thread, List<String> lines) {
    dump.threads().stack(thread.index()).stream()
        .limit(3)
        .forEach(frame -> lines.add("  at " + PlainText.of(redaction.text(Frames.text(frame)))));
  }

  private void path(long target, List<String> lines) {
    Deque<String> steps = new ArrayDeque<>();
    long id = target;
    for (int i = 0; i < MAX_STEPS; i++) {
      long at = dump.origin(id);
      if (at <= 0) {
        steps.addFirst("  the stack of a thread");
        break;
      }
      int tag = dump.tag(at);
      if (tag == Tags.INSTANCE || tag == Tags.OBJECT_ARRAY || tag == Tags.CLASS) {
        steps.addFirst("  " + link(at, id));
        id = dump.idAt(at);
      } else {
        steps.addFirst("  " + root(at) + " " + ObjectWords.name(dump, id));
        break;
      }
    }
    steps.forEach(step -> lines.add(PlainText.of(redaction.text(step))));
  }

  private String link(long at, long to) {
    long id = dump.idAt(at);
    HeapClass self = dump.classById(id);
    String target = " -> " + ObjectWords.name(dump, to);
    if (self != null) {
      return "static " + self.name() + "." + dump.links().name(at, to) + target;
    }
    String field = dump.links().name(at, to);
    boolean element = dump.tag(at) == Tags.OBJECT_ARRAY;
    return ObjectWords.name(dump, id) + (element ? "" : ".") + field + target;
  }

  private String root(long at) {
    return switch (dump.tag(at)) {
      case Tags.ROOT_STICKY_CLASS -> "a class of the boot loader:";
      case Tags.ROOT_JNI_GLOBAL -> "native code:";
      default -> {
        int thread = dump.threads().threadOfRoot(at);
        yield thread < 0
            ? "a root of the JVM:"
            : "the stack of " + label(proof.threads().get(thread)) + stackPlace(thread, at) + ":";
      }
    };
  }

  private String label(DumpedThread thread) {
    return PlainText.of(redaction.text(thread.label()));
  }

  private String stackPlace(int thread, long at) {
    List<StackTraceElement> stack = dump.threads().stack(thread);
    int frame = dump.threads().frameOfRoot(at);
    return frame < 0 || frame >= stack.size() ? "" : ", in " + Frames.text(stack.get(frame));
  }
}
