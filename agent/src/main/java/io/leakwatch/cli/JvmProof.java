package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.prove.Observation;
import io.leakwatch.prove.Prover;
import io.leakwatch.prove.Stuck;
import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The proof about a running JVM: says what it will cost and asks, looks at the threads, lets time pass, has the heap dumped,
 * looks at the threads again, proves, and deletes the dump. The JVM needs no agent and gets none.
 */
final class JvmProof {
  private final JvmAttach attach;
  private final ProveOptions options;
  private final InputStream in;
  private final PrintStream err;
  private final ProgressLine progress;
  private final AgentJoin agent;
  private final long pid;

  JvmProof(
      JvmAttach attach,
      ProveOptions options,
      InputStream in,
      PrintStream err,
      ProgressLine progress,
      AgentJoin agent) {
    this.attach = attach;
    this.options = options;
    this.in = in;
    this.err = err;
    this.progress = progress;
    this.agent = agent;
    this.pid = Long.parseLong(options.target());
  }

  /** Reads a dump and says what was proven; returns the exit status. */
  interface DumpProof {
    int prove(
        Path dump,
        String target,
        @Nullable Long pid,
        Observation seen,
        UnaryOperator<ProofReport> join,
        ProveOptions options,
        ProgressLine progress);
  }

  int run(DumpProof proof) throws AttachFailedException {
    Path parent;
    try {
      String folder = options.folder();
      parent = Path.of(folder == null ? System.getProperty("java.io.tmpdir") : folder);
    } catch (InvalidPathException e) {
      return failed(PlainText.quote(String.valueOf(options.folder())) + " is no name of a folder");
    }
    if (!Files.isDirectory(parent)) {
      return failed(PlainText.quote(parent.toString()) + " is not a folder");
    }
    try (AttachedJvm jvm = attach.attach(pid)) {
      HeapUse heap = HeapUse.parse(jvm.command("GC.heap_info"));
      long free = Files.getFileStore(parent).getUsableSpace();
      if (free < heap.fileBytes()) {
        return failed("the heap dump may need " + HeapUse.inWords(heap.fileBytes()) + ", but "
            + PlainText.of(parent.toString()) + " has " + HeapUse.inWords(free)
            + " left; name another folder with --dir FOLDER");
      }
      announce(heap, parent, free);
      return options.yes() || new Agreement(in, err).isGiven()
          ? prove(jvm, parent, proof)
          : CommandLine.FAILED;
    } catch (IOException e) {
      return failed("JVM " + pid + ": " + PlainText.of(String.valueOf(e.getMessage())));
    }
  }

  private void announce(HeapUse heap, Path parent, long free) {
    err.println("leakwatch: JVM " + pid + " has " + HeapUse.inWords(heap.bytes())
        + " of heap in use: it will stand still for " + heap.pause()
        + (options.twice() ? ", twice," : "")
        + " while its heap is written to " + PlainText.of(parent.toString()) + " (up to "
        + HeapUse.inWords(heap.fileBytes()) + " of " + HeapUse.inWords(free)
        + " free, deleted afterwards)");
    if (!ThreadTurns.areKnown(pid)) {
      err.println("leakwatch: this system does not tell from outside whether a thread has run,"
          + " so that what is said of platform threads is unconfirmed");
    }
  }

  private int prove(AttachedJvm jvm, Path parent, DumpProof proof)
      throws AttachFailedException, IOException {
    try (DumpFolder folder = DumpFolder.in(parent, err)) {
      folder.giveTo(pid);
      ProveOptions redacting = options.redacting(agent.redacted(jvm));
      ThreadWatch watch = new ThreadWatch(jvm, pid);
      Path dump = folder.file("heap.hprof");
      Stuck stuckBefore = Stuck.NONE;
      if (options.twice()) {
        dumpHeap(jvm, dump);
        progress.phase("reading the first heap dump");
        stuckBefore = Prover.stuck(dump, progress::percent);
        Files.delete(dump);
      }
      awaitAge(watch);
      Duration stood = watch.since();
      dumpHeap(jvm, dump);
      progress.phase("looking at its threads again");
      Observation seen = watch.lookAgain(stuckBefore, agent.monitorOwners(jvm), stood);
      UnaryOperator<ProofReport> join = report -> agent.join(jvm, pid, report, folder);
      return proof.prove(dump, "JVM " + pid, pid, seen, join, redacting, progress);
    }
  }

  private void dumpHeap(AttachedJvm jvm, Path dump) throws AttachFailedException {
    progress.phase("dumping the heap of JVM " + pid + ", which stands still for it");
    String answer = jvm.command("GC.heap_dump " + (options.live() ? "" : "-all ") + quoted(dump));
    if (!Files.isReadable(dump)) {
      throw new AttachFailedException("JVM " + pid
          + " has written no heap dump that can be read here: "
          + PlainText.of(answer.strip()));
    }
  }

  private void awaitAge(ThreadWatch watch) throws AttachFailedException {
    Duration age = options.minAge();
    if (age.isZero()) {
      return;
    }
    progress.phase("watching for " + Duration.ofMillis(age.toMillis()).toSeconds()
        + " s which threads do not run (--min-age)");
    try {
      while (watch.since().compareTo(age) < 0) {
        long left = age.minus(watch.since()).toMillis();
        Thread.sleep(Math.max(1, Math.min(left, 1_000)));
        progress.percent(Math.min(100, watch.since().toMillis() * 100 / age.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AttachFailedException("interrupted");
    }
  }

  /** As a diagnostic command takes a path with blanks in it. */
  private static String quoted(Path path) {
    return path.toString().indexOf(' ') < 0 ? path.toString() : "\"" + path + "\"";
  }

  private int failed(String what) {
    err.println("leakwatch: " + what);
    return CommandLine.FAILED;
  }
}
