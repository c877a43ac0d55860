package io.leakwatch.sample;

import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.ThreadMeters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether platform threads that read from sockets get something to read: such a wait uses CPU time only when it is
 * over. A thread for each connection is alive for as long as its client stays, and is no leak while the client talks to
 * it. Keeps numbers only. Not thread-safe.
 */
final class ServedThreads {
  private static final String SOCKET = "sun.nio.ch.NioSocketImpl";

  private Map<Long, Long> cpuBefore = new HashMap<>();
  private Map<Long, Long> cpu = new HashMap<>();

  /**
   * Whether most threads of a group read from sockets and have run since the sample before.
   *
   * @param oldest some of the group
   * @param details one of them or more, looked at
   */
  boolean areServed(List<Thread> oldest, List<ThreadDetail> details) {
    if (details.isEmpty() || !details.stream().allMatch(ServedThreads::isOnSocket)) {
      return false;
    }
    int served = 0;
    for (Thread thread : oldest) {
      long id = PlatformThreads.id(thread);
      long used = ThreadMeters.cpuNanos(thread);
      cpu.put(id, used);
      Long before = cpuBefore.get(id);
      if (before != null && used > before) {
        served++;
      }
    }
    return 2 * served > oldest.size();
  }

  void endSample() {
    cpuBefore = cpu;
    cpu = new HashMap<>();
  }

  /** Reads or writes, at any depth: one that is served right now may be anywhere in the code that serves. */
  private static boolean isOnSocket(ThreadDetail detail) {
    return detail.stack().stream().anyMatch(frame -> frame.getClassName().equals(SOCKET));
  }
}
