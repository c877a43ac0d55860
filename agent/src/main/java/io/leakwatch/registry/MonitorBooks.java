package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM knows of monitors: which one a blocked platform thread waits for, and who holds it.
 *
 * <p>Asked past the management beans: getting one of these loads {@code java.util.logging.LogManager}, while the native
 * method behind them needs nothing but its library. It stops no thread. Not initialised before a thread was seen blocked at
 * two samples in a row, never in premain; where the JVM has no management module, or names it otherwise, nothing is known.
 */
public final class MonitorBooks {
  /**
   * A thread at the entrance of a monitor.
   *
   * @param thread the identifier of the thread
   * @param entry how often it has been blocked so far: the same as long as it is in one wait
   * @param monitor what it wants
   * @param owner the identifier of the thread that holds it; -1 when nobody does, or a virtual thread
   */
  public record Wait(long thread, long entry, Monitor monitor, long owner) {}

  /**
   * A monitor. Two of the same class that are not the same may be equal, by an accident of their hashes.
   *
   * @param className the class of the object
   * @param hash the object's identity hash
   */
  public record Monitor(String className, int hash) {
    /** Such as {@code com.acme.Shelf@5e2de80c}. */
    public String name() {
      return className + "@" + Integer.toHexString(hash);
    }
  }

  /** Takes what the JVM says of one thread; {@code null} when it has ended. */
  private interface Answer {
    void take(long id, @Nullable Object info);
  }

  private static final @Nullable Class<?> INFO = JdkLookup.find("java.lang.management.ThreadInfo");
  private static final @Nullable Class<?> LOCK = JdkLookup.find("java.lang.management.LockInfo");
  private static final @Nullable MethodHandle ASK = ask();
  private static final @Nullable MethodHandle STATE =
      getter(INFO, "getThreadState", Thread.State.class);
  private static final @Nullable MethodHandle ENTRY = getter(INFO, "getBlockedCount", long.class);
  private static final @Nullable MethodHandle OWNER = getter(INFO, "getLockOwnerId", long.class);
  private static final @Nullable MethodHandle LOCK_INFO = getter(INFO, "getLockInfo", LOCK);
  private static final @Nullable MethodHandle CLASS_NAME =
      getter(LOCK, "getClassName", String.class);
  private static final @Nullable MethodHandle HASH = getter(LOCK, "getIdentityHashCode", int.class);

  /** Until JDK 18 {@code ThreadInfo} asks threads for their {@code getId}, which an application may override. */
  private static final boolean ASKS_OVERRIDABLE = JdkLookup.own(Thread.class, "threadId") == null;

  private static final ClassValue<Boolean> HAS_JDKS_ID = new ClassValue<>() {
    @Override
    protected Boolean computeValue(Class<?> type) {
      if (type.getClassLoader() == null) {
        return true;
      }
      try {
        // Resolves this one method; reflection would load whatever classes the others name.
        Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        MethodHandle getId = lookup.findVirtual(type, "getId", MethodType.methodType(long.class));
        return lookup.revealDirect(getId).getDeclaringClass() == Thread.class;
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return false;
      }
    }
  };

  private MonitorBooks() {}

  /** What each of some threads waits for; without those that are not, or no longer, blocked. */
  public static List<Wait> waits(Collection<Thread> blocked) {
    List<Wait> waits = new ArrayList<>(blocked.size());
    ask(blocked, (id, info) -> {
      Wait wait = wait(id, info);
      if (wait != null) {
        waits.add(wait);
      }
    });
    return waits;
  }

  /**
   * The {@link Wait#entry()} of each of some threads, by their identifiers. Where a virtual thread holds what a thread waits
   * for, the JVM does not say that it is blocked, but counts it.
   */
  public static Map<Long, Long> entries(Collection<Thread> blocked) {
    Map<Long, Long> entries = new HashMap<>();
    ask(blocked, (id, info) -> {
      if (info != null && read(ENTRY, info) instanceof Long entry) {
        entries.put(id, entry);
      }
    });
    return entries;
  }

  /** The live platform threads with these identifiers. */
  public static Map<Long, Thread> threads(Collection<Long> ids) {
    Map<Long, Thread> threads = new HashMap<>();
    for (Thread thread : PlatformThreads.all()) {
      long id = PlatformThreads.id(thread);
      if (ids.contains(id)) {
        threads.put(id, thread);
      }
    }
    return threads;
  }

  private static void ask(Collection<Thread> threads, Answer answer) {
    if (ASK == null || INFO == null || (ASKS_OVERRIDABLE && !allHaveJdksId())) {
      return;
    }
    long[] ids = threads.stream().mapToLong(PlatformThreads::id).toArray();
    Object infos = Array.newInstance(INFO, ids.length);
    try {
      ASK.invoke(ids, 0, infos);
      for (int i = 0; i < ids.length; i++) {
        answer.take(ids[i], Array.get(infos, i));
      }
    } catch (Throwable e) {
      // Nothing is known then.
    }
  }

  private static @Nullable Wait wait(long id, @Nullable Object info) {
    if (info == null || read(STATE, info) != Thread.State.BLOCKED) {
      return null;
    }
    Object lock = read(LOCK_INFO, info);
    return lock != null
            && read(ENTRY, info) instanceof Long entry
            && read(OWNER, info) instanceof Long owner
            && read(CLASS_NAME, lock) instanceof String className
            && read(HASH, lock) instanceof Integer hash
        ? new Wait(id, entry, new Monitor(className, hash), owner)
        : null;
  }

  private static boolean allHaveJdksId() {
    for (Thread thread : PlatformThreads.all()) {
      if (!HAS_JDKS_ID.get(thread.getClass())) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable MethodHandle ask() {
    return INFO == null
        ? null
        : JdkLookup.management(
            "getThreadInfo1",
            MethodType.methodType(void.class, long[].class, int.class, INFO.arrayType()));
  }

  private static @Nullable MethodHandle getter(
      @Nullable Class<?> owner, String method, @Nullable Class<?> result) {
    if (owner == null || result == null) {
      return null;
    }
    try {
      // Resolves this one method; reflection would load the classes of open beans.
      return MethodHandles.publicLookup().findVirtual(owner, method, MethodType.methodType(result));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  private static @Nullable Object read(@Nullable MethodHandle getter, Object from) {
    try {
      return getter == null ? null : (Object) getter.invoke(from);
    } catch (Throwable e) {
      return null;
    }
  }
}
