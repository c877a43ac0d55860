package io.leakwatch.benchmarks.cost.program;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this JVM has used so far.
 *
 * @param process CPU time of the whole process in ns
 * @param cpu CPU time in ns of each Java thread that is alive, by its id
 * @param bytes what each of these has allocated, but for the agent's own: these work at their own pace, whatever happens
 */
record UsedByJava(long process, Map<Long, Long> cpu, Map<Long, Long> bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static UsedByJava now() {
    long[] ids = THREADS.getAllThreadIds();
    Map<Long, Long> cpu = byId(ids, THREADS.getThreadCpuTime(ids));
    Map<Long, Long> bytes = byId(ids, THREADS.getThreadAllocatedBytes(ids));
    leakwatchThreads(ids).forEach(bytes::remove);
    return new UsedByJava(SYSTEM.getProcessCpuTime(), cpu, bytes);
  }

  /** CPU time in ns of the agent's own threads, while they live. */
  static long byLeakwatch() {
    return leakwatchThreads(THREADS.getAllThreadIds()).stream()
        .mapToLong(id -> Math.max(0, THREADS.getThreadCpuTime(id)))
        .sum();
  }

  private static List<Long> leakwatchThreads(long[] ids) {
    return Arrays.stream(THREADS.getThreadInfo(ids))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("leakwatch-"))
        .map(ThreadInfo::getThreadId)
        .toList();
  }

  /** CPU time of the Java threads since; a thread that has ended is left out. The JIT's and the collector's are too. */
  long cpuSince(UsedByJava before) {
    return since(before.cpu, cpu);
  }

  /** What the Java threads have allocated since; a thread that has ended is left out. */
  long bytesSince(UsedByJava before) {
    return since(before.bytes, bytes);
  }

  private static long since(Map<Long, Long> before, Map<Long, Long> now) {
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
