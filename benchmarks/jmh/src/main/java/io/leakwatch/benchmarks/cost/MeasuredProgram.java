package io.leakwatch.benchmarks.cost;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What runs in each of the two JVMs: for every line {@code WORKLOAD TASKS} that it reads, it runs so many tasks, and
 * answers with the CPU time of its Java threads in ns and the bytes that they allocated. The JIT compiler and the garbage
 * collector are left out: their work comes in lumps.
 */
public final class MeasuredProgram {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Used(Map<Long, Long> cpu, Map<Long, Long> bytes) {
    static Used now() {
      long[] ids = THREADS.getAllThreadIds();
      return new Used(
          byId(ids, THREADS.getThreadCpuTime(ids)),
          byId(ids, THREADS.getThreadAllocatedBytes(ids)));
    }

    /** What the threads that are there now have used since; a thread that has ended is left out. */
    static long since(Map<Long, Long> before, Map<Long, Long> now) {
      return now.entrySet().stream()
          .mapToLong(e -> e.getValue() - before.getOrDefault(e.getKey(), 0L))
          .sum();
    }

    private static Map<Long, Long> byId(long[] ids, long[] values) {
      Map<Long, Long> result = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        if (values[i] >= 0) {
          result.put(ids[i], values[i]);
        }
      }
      return result;
    }
  }

  private MeasuredProgram() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      TaskWorkload workload = TaskWorkload.valueOf(words[0]);
      int tasks = Integer.parseInt(words[1]);
      Used before = Used.now();
      workload.run(tasks);
      Used after = Used.now();
      System.out.println(
          Used.since(before.cpu(), after.cpu()) + " " + Used.since(before.bytes(), after.bytes()));
    }
    System.exit(0);
  }
}
