package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * {@code prove --cycle}: has the agent in a JVM prove by its collector which virtual threads never run again. Says what it costs,
 * and asks; refuses where the collector cannot show it.
 */
final class CycleCommand {
  private final AskCommand ask;
  private final JvmAttach attach;
  private final ProveOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final Agreement agreement;
  private final long pid;

  CycleCommand(
      JvmAttach attach,
      AskCommand ask,
      ProveOptions options,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    this.attach = attach;
    this.ask = ask;
    this.options = options;
    this.out = out;
    this.err = err;
    this.agreement = new Agreement(in, err);
    this.pid = Long.parseLong(options.target());
  }

  /** Runs, and returns the exit status. */
  int run() {
    try (AttachedJvm jvm = attach.attach(pid)) {
      String obstacle = CollectorFlags.obstacle(jvm.command("VM.flags -all"));
      if (obstacle != null) {
        return failed("JVM " + pid + ": " + obstacle);
      }
      HeapUse heap = HeapUse.parse(jvm.command("GC.heap_info"));
      err.println("leakwatch: JVM " + pid + " has " + HeapUse.inWords(heap.bytes())
          + " of heap in use: it will stand still for two full collections, and weak references to"
          + " what its stuck virtual threads alone have are cleared");
      if (!options.yes() && !agreement.isGiven()) {
        return CommandLine.FAILED;
      }
    } catch (AttachFailedException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(PlainText.of(String.valueOf(e.getMessage())));
    }
    return ask.ask(pid, AgentProperties.CYCLE, true, this::say);
  }

  /** The first line is JSON, the rest is for people. */
  private int say(String answer) {
    int end = answer.indexOf('\n');
    out.print(answer.substring(end + 1));
    out.flush();
    String file = options.json();
    return file == null ? CommandLine.OK : JsonFile.write(file, answer.substring(0, end + 1), err);
  }

  private int failed(String what) {
    err.println("leakwatch: " + what);
    return CommandLine.FAILED;
  }
}
