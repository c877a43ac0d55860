package io.leakwatch.benchmarks.cost.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What runs in each of the JVMs that are compared. For every line that it reads it does one thing and answers with one line:
 *
 * <ul>
 *   <li>{@code tasks WORKLOAD N} runs so many tasks; the answer is CPU time in ns and bytes allocated. The JIT compiler and
 *       the garbage collector are left out, their work comes in lumps; but not where the tasks are threads that end
 *   <li>{@code classes N} has tasks be of so many classes from now on
 *   <li>{@code live virtual|platform N} starts threads that wait, up to so many; {@code end} ends them
 *   <li>{@code heap} collects garbage; the answer is what is left, in bytes
 *   <li>{@code agent} answers with the CPU time of Leakwatch's threads in ns, {@code process} with that of the JVM
 *   <li>{@code serve SERVER virtual|platform} starts a server; the answer is its port
 * </ul>
 *
 * <p>It ends when there is nothing more to read, thus also when whoever started it has ended in any way.
 */
public final class MeasuredProgram {
  /** The begin of a line that is an answer; agents and the JVM print others. */
  public static final String ANSWER = "measured: ";

  private static final int COLLECTIONS = 3;
  private static final LiveThreads LIVE = new LiveThreads();

  private MeasuredProgram() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      // At the begin of a line, whatever somebody else has printed.
      out.print("\n" + ANSWER + answer(line.split(" ", -1)) + "\n");
      out.flush();
    }
    System.exit(0);
  }

  private static String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "tasks" -> runTasks(TaskWorkload.valueOf(words[1]), Integer.parseInt(words[2]));
      case "classes" -> {
        TaskWorkload.useTasks(TaskClasses.newTasks(Integer.parseInt(words[1])));
        yield words[1];
      }
      case "live" -> {
        LIVE.growTo(Integer.parseInt(words[2]), words[1].equals("virtual"));
        yield words[2];
      }
      case "end" -> {
        LIVE.end();
        yield "0";
      }
      case "heap" -> "" + heapBytes();
      case "agent" -> "" + UsedByJava.byLeakwatch();
      case "process" -> "" + UsedByJava.now().process();
      case "serve" ->
        "" + WebServer.valueOf(words[1].toUpperCase(Locale.ROOT)).start(words[2].equals("virtual"));
      default -> throw new IOException("not a command: " + words[0]);
    };
  }

  private static String runTasks(TaskWorkload workload, int tasks) throws Exception {
    UsedByJava before = UsedByJava.now();
    workload.run(tasks);
    UsedByJava after = UsedByJava.now();
    long nanos =
        workload.isOfThreadsThatEnd() ? after.process() - before.process() : after.cpuSince(before);
    return nanos + " " + after.bytesSince(before);
  }

  /** By the pools' own account of what a collection has left: what is used counts the room that threads have taken in advance. */
  private static long heapBytes() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(100); // for what is done behind a collection, such as the clearing of references
      long left = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
        left += usage == null ? 0 : usage.getUsed();
      }
      least = Math.min(least, left);
    }
    return least;
  }
}
