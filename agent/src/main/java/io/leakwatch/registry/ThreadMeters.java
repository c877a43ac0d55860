package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM counts for each platform thread, past the management beans; see {@link JdkLookup#management}. Stops no
 * thread. Not initialised before the agent's own thread runs.
 */
public final class ThreadMeters {
  private static final MethodType METER = MethodType.methodType(long.class, long.class);
  private static final @Nullable MethodHandle ALLOCATED =
      JdkLookup.management("getThreadAllocatedMemory0", METER);
  private static final @Nullable MethodHandle CPU =
      JdkLookup.management("getThreadTotalCpuTime0", METER);

  private ThreadMeters() {}

  /**
   * Bytes of heap that a platform thread has allocated so far, those of the virtual threads it has carried included. The
   * same at two readings: it has allocated nothing in between. -1 when unknown.
   */
  public static long allocated(Thread thread) {
    return read(ALLOCATED, thread);
  }

  /** Nanoseconds of CPU time that a platform thread has used so far; -1 when unknown. */
  public static long cpuNanos(Thread thread) {
    return read(CPU, thread);
  }

  private static long read(@Nullable MethodHandle meter, Thread thread) {
    try {
      return meter == null ? -1 : (long) meter.invokeExact(PlatformThreads.id(thread));
    } catch (Throwable e) {
      return -1;
    }
  }
}
