package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything about virtual threads that JDK 17 has no API for, by method handles; on older JDKs there are none.
 *
 * <p>Live ones are enumerated from where the JDK itself keeps them: the root container, the registered containers (one
 * for each thread-per-task executor), and the structured scopes that live threads have open.
 */
final class VirtualThreads {
  private static final @Nullable Class<?> VIRTUAL = JdkLookup.find("java.lang.BaseVirtualThread");
  private static final @Nullable Class<?> CARRIER =
      JdkLookup.find("jdk.internal.misc.CarrierThread");
  private static final @Nullable Class<?> CONTAINER =
      JdkLookup.find("jdk.internal.vm.ThreadContainer");
  private static final @Nullable Class<?> CONTAINERS =
      JdkLookup.find("jdk.internal.vm.ThreadContainers");
  // A thread's task is in the target of its continuation.
  private static final @Nullable UnsafeField CONTINUATION =
      JdkLookup.field(JdkLookup.find("java.lang.VirtualThread"), "cont");
  private static final @Nullable UnsafeField TARGET =
      JdkLookup.field(JdkLookup.find("jdk.internal.vm.Continuation"), "target");
  private static final @Nullable UnsafeField TASK =
      JdkLookup.field(JdkLookup.find("java.lang.VirtualThread$VThreadContinuation$1"), "val$task");
  private static final @Nullable Class<?> SHARED =
      JdkLookup.find("jdk.internal.vm.SharedThreadContainer");
  private static final @Nullable UnsafeField SHARED_VIRTUAL =
      JdkLookup.field(SHARED, "virtualThreads");
  private static final @Nullable UnsafeField SCOPE =
      JdkLookup.field(Thread.class, "headStackableScopes");
  private static final @Nullable UnsafeField ENCLOSING =
      JdkLookup.field(JdkLookup.find("jdk.internal.vm.StackableScope"), "previous");
  private static final @Nullable UnsafeField STATE =
      JdkLookup.field(JdkLookup.find("java.lang.VirtualThread"), "state");

  private VirtualThreads() {}

  /** Whether this JDK has virtual threads. */
  static boolean exist() {
    return VIRTUAL != null;
  }

  static boolean isVirtual(Thread thread) {
    return VIRTUAL != null && VIRTUAL.isInstance(thread);
  }

  /** Whether it carries virtual threads: the JDK's own, in nobody's account. */
  static boolean isCarrier(Thread thread) {
    return CARRIER != null && CARRIER.isInstance(thread);
  }

  /**
   * Whether {@link #forEach} finds every live virtual thread; not so with {@code -Djdk.trackAllThreads=false}, or where
   * the internals have other names.
   */
  static boolean areEnumerable() {
    try {
      return root() != null
          && Containers.TRACKS_ALL != null
          && (boolean) Containers.TRACKS_ALL.invoke();
    } catch (Throwable e) {
      return false;
    }
  }

  /** What {@link #areEnumerable} most likely is, told without what that costs at first. */
  static boolean areProbablyEnumerable() {
    return exist() && System.getProperty("jdk.trackAllThreads") == null;
  }

  /** Whether {@link #task} can be read. */
  static boolean areTasksKnown() {
    return CONTINUATION != null && TARGET != null && TASK != null;
  }

  /** What the thread runs or is going to run; {@code null} when that cannot be read. */
  static @Nullable Runnable task(Thread thread) {
    Object continuation = JdkLookup.read(CONTINUATION, thread);
    Object target = continuation == null ? null : JdkLookup.read(TARGET, continuation);
    return target == null ? null : (Runnable) JdkLookup.read(TASK, target);
  }

  /** Whether {@link #state} can be read. */
  static boolean areStatesKnown() {
    return STATE != null;
  }

  /** The number of the state that a virtual thread is in by its own books, read without its lock; -1 when unknown. */
  static int state(Thread thread) {
    return JdkLookup.readInt(STATE, thread, -1);
  }

  /** Sets that number if it is {@code from}; only in the way that the JDK itself would. */
  static boolean setState(Thread thread, int from, int to) {
    return STATE != null && STATE.compareAndSet(thread, from, to);
  }

  /**
   * The number of a state. Initialises the JDK's class, which makes its scheduler: only where there was a virtual thread.
   *
   * @param unknown the answer when there is no such state
   */
  static int stateNamed(String name, int unknown) {
    Class<?> owner = JdkLookup.find("java.lang.VirtualThread");
    try {
      if (owner == null) {
        return unknown;
      }
      Field constant = owner.getDeclaredField(name);
      constant.setAccessible(true);
      return constant.getInt(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return unknown;
    }
  }

  /**
   * Visits the live virtual threads. Weakly consistent, as the JDK's own sets are: one that starts or ends meanwhile may
   * or may not be visited.
   */
  static void forEach(Consumer<Thread> visitor) throws Throwable {
    Object root = root();
    if (root == null) {
      return;
    }
    Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> containers = new ArrayDeque<>();
    containers.add(root);
    containers.addAll(containers());
    for (Thread thread : PlatformThreads.all()) {
      addOpenScopes(thread, containers);
    }
    while (!containers.isEmpty()) {
      Object container = containers.poll();
      if (visited.add(container)) {
        virtualThreadsIn(container).forEach(thread -> {
          addOpenScopes(thread, containers);
          visitor.accept(thread);
        });
      }
    }
  }

  /** The registered containers: one for each executor that makes its threads by itself. */
  static List<Object> containers() {
    List<Object> containers = new ArrayList<>();
    if (JdkLookup.readStatic(CONTAINERS, "CONTAINER_REGISTRY") instanceof Set<?> registered) {
      for (Object reference : registered) {
        Object container = ((Reference<?>) reference).get();
        if (container != null) {
          containers.add(container);
        }
      }
    }
    return containers;
  }

  /** The container of the virtual threads that are in no other. */
  private static @Nullable Object root() throws Throwable {
    return Containers.ROOT == null ? null : (Object) Containers.ROOT.invoke();
  }

  /**
   * A pool's container is asked for its set of virtual threads only: for its platform threads it would search all those of
   * the JVM, once for each pool.
   */
  @SuppressWarnings("unchecked")
  private static Stream<Thread> virtualThreadsIn(Object container) throws Throwable {
    if (SHARED != null && SHARED_VIRTUAL != null && SHARED.isInstance(container)) {
      Object set = JdkLookup.read(SHARED_VIRTUAL, container);
      return set == null ? Stream.empty() : ((Set<Thread>) set).stream();
    }
    return threadsIn(container).filter(VirtualThreads::isVirtual);
  }

  @SuppressWarnings("unchecked")
  private static Stream<Thread> threadsIn(Object container) {
    return JdkLookup.call(Containers.THREADS, container) instanceof Stream<?> threads
        ? (Stream<Thread>) threads
        : Stream.empty();
  }

  private static void addOpenScopes(Thread thread, Deque<Object> containers) {
    if (SCOPE == null || ENCLOSING == null || CONTAINER == null) {
      return;
    }
    Object scope = JdkLookup.read(SCOPE, thread);
    while (scope != null) {
      if (CONTAINER.isInstance(scope)) {
        containers.add(scope);
      }
      scope = JdkLookup.read(ENCLOSING, scope);
    }
  }

  /** What no hook calls, and the application's start need not wait for. */
  private static final class Containers {
    static final @Nullable MethodHandle ROOT = staticMethod("root", CONTAINER);
    static final @Nullable MethodHandle TRACKS_ALL = staticMethod("trackAllThreads", boolean.class);
    static final @Nullable MethodHandle THREADS = JdkLookup.object(threads());

    private static @Nullable MethodHandle threads() {
      if (CONTAINER == null) {
        return null;
      }
      try {
        return MethodHandles.privateLookupIn(CONTAINER, MethodHandles.lookup())
            .findVirtual(CONTAINER, "threads", MethodType.methodType(Stream.class));
      } catch (ReflectiveOperationException e) {
        return null;
      }
    }

    private static @Nullable MethodHandle staticMethod(String name, @Nullable Class<?> result) {
      if (CONTAINERS == null || result == null) {
        return null;
      }
      try {
        return MethodHandles.privateLookupIn(CONTAINERS, MethodHandles.lookup())
            .findStatic(CONTAINERS, name, MethodType.methodType(result));
      } catch (ReflectiveOperationException e) {
        return null;
      }
    }
  }
}
