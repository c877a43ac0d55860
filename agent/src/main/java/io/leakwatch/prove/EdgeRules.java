package io.leakwatch.prove;

import io.leakwatch.frames.Frames;
import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.LongList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which references of the heap could be used to wake a thread, class by class. Those that cannot are left out: the JDK's own
 * lists of all threads, which are there for thread dumps, and what only the garbage collector follows.
 */
final class EdgeRules {
  private static final String CONTAINERS = "jdk.internal.vm.ThreadContainers";
  private static final String REFERENCE = "java.lang.ref.Reference";

  /** Fields that nobody follows who would wake a thread, by declaring class. */
  private static final Map<String, Set<String>> CUT = Map.of(
      // JDK 17: all threads of a group, for enumerate().
      "java.lang.ThreadGroup",
      Set.of("threads"),
      // What a carrier carries.
      "java.lang.Thread",
      Set.of("cont"),
      "jdk.internal.misc.CarrierThread",
      Set.of("cont"),
      "jdk.internal.vm.SharedThreadContainer",
      Set.of("virtualThreads"),
      // The collector's own list.
      REFERENCE,
      Set.of("discovered"));

  /** The same for static fields. */
  private static final Map<String, Set<String>> CUT_STATIC = Map.of(
      CONTAINERS,
      Set.of("CONTAINER_REGISTRY"),
      CONTAINERS + "$RootContainer$TrackingRootContainer",
      Set.of("VTHREADS"));

  /** By these a thread tells its container that it has ended: on that way it never comes to the container's other threads. */
  private static final Map<String, Set<String>> TO_CONTAINER = Map.of(
      "java.lang.Thread",
      Set.of("container"),
      "java.util.concurrent.ThreadPerTaskExecutor$TaskRunner",
      Set.of("executor"),
      "java.util.concurrent.ThreadPerTaskExecutor$ThreadBoundFuture",
      Set.of("executor"),
      "jdk.internal.misc.ThreadFlock$ThreadContainerImpl",
      Set.of("flock"));

  /** Those other threads. */
  private static final Map<String, Set<String>> OF_CONTAINER = Map.of(
      "java.util.concurrent.ThreadPerTaskExecutor", Set.of("threads"),
      "jdk.internal.misc.ThreadFlock", Set.of("threads"));

  /** What is in these belongs to the thread itself; who has its object cannot get at it, but for the fields below. */
  private static final Set<String> THREADS = Set.of(
      "java.lang.Thread",
      "java.lang.BaseVirtualThread",
      "java.lang.VirtualThread",
      "java.lang.ThreadBuilders$BoundVirtualThread");

  private static final Set<String> READABLE = Set.of(
      "contextClassLoader",
      "uncaughtExceptionHandler",
      "defaultUncaughtExceptionHandler",
      "group",
      "name");

  /** What hangs on classes by {@code ClassValue}: dumps leave out the fields of {@code Class} objects. */
  private static final String HELD_BY_CLASSES = "java.lang.ClassValue$ClassValueMap";

  private static final int[] NONE = {};

  private final HeapDump dump;
  private final @Nullable ClassRules[] rules;

  EdgeRules(HeapDump dump) {
    this.dump = dump;
    this.rules = new ClassRules[dump.classes().size()];
  }

  /** How the references of an instance are followed; each number is a place in its bytes. Not to be changed. */
  static final class ClassRules {
    /** Always. */
    final int[] strong;
    /** Those of them that whoever has a thread's object may follow, although the thread cannot run. */
    final int[] readable;
    /** To a container, whose other threads are out of reach on this way. */
    final int[] toContainer;
    /** The container's threads. */
    final int[] ofContainer;
    /** The referent of a weak or soft reference; -1 when there is none. */
    final int weak;

    ClassRules(int[] strong, int[] readable, int[] toContainer, int[] ofContainer, int weak) {
      this.strong = strong;
      this.readable = readable;
      this.toContainer = toContainer;
      this.ofContainer = ofContainer;
      this.weak = weak;
    }
  }

  /** The rules for instances of a class. */
  ClassRules of(HeapClass type) {
    ClassRules known = rules[type.number()];
    if (known == null) {
      known = make(type);
      rules[type.number()] = known;
    }
    return known;
  }

  /** Whether a static field is followed. */
  boolean followsStatic(HeapClass type, String field) {
    return !Frames.isAgent(type.name())
        && !CUT_STATIC.getOrDefault(type.name(), Set.of()).contains(field);
  }

  /** Whether static fields of a class are followed in general, so that only the exceptions need their names looked at. */
  boolean hasCutStatics(HeapClass type) {
    return Frames.isAgent(type.name()) || CUT_STATIC.containsKey(type.name());
  }

  /** Whether instances of a class count as reached without a reference. */
  static boolean isHeldByClasses(HeapClass type) {
    return type.isA(HELD_BY_CLASSES);
  }

  private ClassRules make(HeapClass type) {
    if (Frames.isAgent(type.name())) {
      return new ClassRules(NONE, NONE, NONE, NONE, -1);
    }
    LongList strong = new LongList();
    LongList readable = new LongList();
    LongList toContainer = new LongList();
    LongList ofContainer = new LongList();
    int weak = -1;
    int next = 0;
    int[] places = type.referenceOffsets();
    int start = 0;
    for (HeapClass each = type; each != null; start += each.ownSize(), each = each.superclass()) {
      int end = start + each.ownSize();
      for (int field = 0; next < places.length && places[next] < end; field++, next++) {
        String name = dump.links().fieldName(each, field);
        boolean referent = each.name().equals(REFERENCE) && name.equals("referent");
        boolean phantom = referent && type.isA("java.lang.ref.PhantomReference");
        if (referent && !phantom && !type.isA("java.lang.ref.FinalReference")) {
          weak = places[next];
        } else if (isIn(TO_CONTAINER, each, name)) {
          toContainer.add(places[next]);
        } else if (isIn(OF_CONTAINER, each, name)) {
          ofContainer.add(places[next]);
        } else if (!phantom && !isIn(CUT, each, name)) {
          strong.add(places[next]);
          if (!THREADS.contains(each.name()) || READABLE.contains(name)) {
            readable.add(places[next]);
          }
        }
      }
    }
    return new ClassRules(ints(strong), ints(readable), ints(toContainer), ints(ofContainer), weak);
  }

  private static boolean isIn(Map<String, Set<String>> fields, HeapClass declaring, String name) {
    return fields.getOrDefault(declaring.name(), Set.of()).contains(name);
  }

  private static int[] ints(LongList places) {
    int[] ints = new int[places.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) places.get(i);
    }
    return ints;
  }
}
