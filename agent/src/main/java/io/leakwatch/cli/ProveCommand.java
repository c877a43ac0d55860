package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.config.NamePattern;
import io.leakwatch.finding.ProofReport;
import io.leakwatch.finding.Redaction;
import io.leakwatch.prove.Observation;
import io.leakwatch.prove.Prover;
import io.leakwatch.prove.heap.DumpFormatException;
import io.leakwatch.report.ProofJson;
import io.leakwatch.report.ProofText;
import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code prove}: shows which threads of a JVM, or of a heap dump, can never run again. */
final class ProveCommand {
  private final Supplier<JvmAttach> attach;
  private final AgentJoin agent;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * A command.
   *
   * @param agent adds what an agent in that JVM knows
   * @param in where the answer comes from when somebody is asked
   * @param terminal whether a person is watching
   */
  ProveCommand(
      Supplier<JvmAttach> attach,
      AgentJoin agent,
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean terminal) {
    this.attach = attach;
    this.agent = agent;
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Proves, and returns the exit status. */
  int run(ProveOptions options) {
    ProgressLine progress = new ProgressLine(err, terminal);
    try {
      if (options.isProcess()) {
        return new JvmProof(attach.get(), options, in, err, progress, agent).run(this::prove);
      }
      return proveFile(options, progress);
    } catch (AttachFailedException e) {
      progress.end();
      return failed(String.valueOf(e.getMessage()));
    } finally {
      progress.end();
    }
  }

  private int proveFile(ProveOptions options, ProgressLine progress) {
    Path file;
    try {
      file = Path.of(options.target());
    } catch (InvalidPathException e) {
      return failed(PlainText.quote(options.target()) + " is no name of a file");
    }
    if (Files.isDirectory(file)) {
      return failed(PlainText.quote(options.target()) + " is a folder, not a heap dump");
    }
    return prove(
        file,
        options.target(),
        null,
        Observation.NONE,
        UnaryOperator.identity(),
        options,
        progress);
  }

  /** Reads a dump and says what was proven. */
  private int prove(
      Path file,
      String target,
      @Nullable Long pid,
      Observation seen,
      UnaryOperator<ProofReport> join,
      ProveOptions options,
      ProgressLine progress) {
    try {
      progress.phase("reading the heap dump");
      Redaction redaction = new Redaction(NamePattern.anyOf(options.redact()));
      Prover prover = new Prover(options.allThreads(), options.why(), redaction);
      Prover.Result result = prover.prove(file, target, pid, seen, progress::percent);
      progress.end();
      ProofReport report = redaction.of(join.apply(result.report()));
      // First: it took a pause of the JVM to get it.
      out.print(new ProofText(terminal).format(report));
      result.why().forEach(out::println);
      out.flush();
      String json = options.json();
      return json == null
          ? CommandLine.OK
          : JsonFile.write(json, ProofJson.format(report) + "\n", err);
    } catch (DumpFormatException e) {
      progress.end();
      return failed(PlainText.quote(target) + " " + e.getMessage());
    } catch (NoSuchFileException | AccessDeniedException e) {
      progress.end();
      return failed(PlainText.quote(String.valueOf(e.getMessage()))
          + (e instanceof NoSuchFileException ? " does not exist" : " may not be opened"));
    } catch (IOException e) {
      progress.end();
      return failed(PlainText.quote(target) + ": " + PlainText.of(String.valueOf(e.getMessage())));
    } catch (OutOfMemoryError e) {
      progress.end();
      return failed("this heap of " + (Runtime.getRuntime().maxMemory() >> 20)
          + " MB is too small for the dump; give it more: java -Xmx2g -jar leakwatch.jar prove");
    }
  }

  private int failed(String what) {
    err.println("leakwatch: " + what);
    return CommandLine.FAILED;
  }
}
