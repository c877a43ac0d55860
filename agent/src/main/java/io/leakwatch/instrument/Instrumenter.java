package io.leakwatch.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a table of hooks into the running JVM.
 *
 * <p>The transformer stays registered: when another agent retransforms one of the classes, the JVM starts again from
 * the original bytes and weaves ours anew.
 */
public final class Instrumenter {
  private final Instrumentation instrumentation;

  /** What to weave into which class. Replaced as a whole; the JVM's threads that load classes read it. */
  private volatile Map<String, List<HookPoint>> pointsByClass = Map.of();

  private final Set<HookPoint> woven = ConcurrentHashMap.newKeySet();
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  /** Weaves nothing yet. */
  public Instrumenter(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Weaves everything that this JDK has. Never throws; what could not be woven is in the result.
   *
   * @return one line for each dead hook, empty when all are in place
   */
  public List<String> install() {
    pointsByClass = byClass(HookTable.POINTS);
    List<Class<?>> targets = targets(pointsByClass);
    try {
      // All targets are loaded by now, so none is woven twice; and ASM must not meet its own
      // classes for the first time inside transform(), where the JVM would swallow the error.
      rehearse();
      instrumentation.addTransformer(new Transformer(), true);
    } catch (IOException | RuntimeException | LinkageError e) {
      return List.of("nothing is woven: " + e);
    }
    return weave(targets, HookTable.POINTS);
  }

  /** The same, of what is woven besides when somebody asks whose things are; after {@link #install}, once. */
  public List<String> installScopes() {
    Map<String, List<HookPoint>> added = byClass(ScopeHookTable.POINTS);
    List<Class<?>> targets = targets(added);
    // Into the same pass: two that know nothing of each other would not get their frames right.
    pointsByClass = byClass(
        Stream.concat(HookTable.POINTS.stream(), ScopeHookTable.POINTS.stream()).toList());
    return weave(targets, ScopeHookTable.POINTS);
  }

  private List<String> weave(List<Class<?>> targets, List<HookPoint> points) {
    for (Class<?> target : targets) {
      try {
        instrumentation.retransformClasses(target);
      } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
        failures.put(target.getName().replace('.', '/'), e.toString());
      }
    }
    return deadHooks(points);
  }

  private static Map<String, List<HookPoint>> byClass(List<HookPoint> points) {
    int feature = Runtime.version().feature();
    return points.stream()
        .filter(p -> p.isIn(feature))
        .collect(Collectors.groupingBy(HookPoint::className));
  }

  private static List<Class<?>> targets(Map<String, List<HookPoint>> points) {
    List<Class<?>> targets = new ArrayList<>();
    for (String name : new TreeSet<>(points.keySet())) {
      Class<?> target = find(name);
      if (target != null) {
        targets.add(target);
      }
    }
    return targets;
  }

  private List<String> deadHooks(List<HookPoint> points) {
    int feature = Runtime.version().feature();
    return points.stream()
        .filter(p -> p.isIn(feature))
        // Woven is not yet in force: the JVM may have refused the result.
        .filter(p -> !woven.contains(p) || failures.containsKey(p.className()))
        .map(p -> "hook "
            + p.describe()
            + " is dead on JDK "
            + Runtime.version()
            + ": "
            + failures.getOrDefault(p.className(), "this JDK has no such method"))
        .distinct()
        .toList();
  }

  private static @Nullable Class<?> find(String internalName) {
    try {
      // Not initialised: initialising VirtualThread makes its scheduler, and shifts the names of
      // fork-join pools.
      return Class.forName(internalName.replace('/', '.'), false, null);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static void rehearse() throws IOException {
    String name = Rehearsal.class.getName().replace('.', '/');
    List<HookPoint> played = HookTable.POINTS.stream()
        .map(p -> HookPoint.at(
            name, "play", Rehearsal.PLAY_DESCRIPTOR, p.where(), p.hook(), p.arguments()))
        .distinct()
        .toList();
    try (InputStream in = Instrumenter.class.getResourceAsStream("/" + name + ".class")) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      Weaver.weave(in.readAllBytes(), played, new HashSet<>());
    }
  }

  private final class Transformer implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable Module module,
        @Nullable ClassLoader loader,
        @Nullable String className,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      List<HookPoint> mine =
          loader != null || className == null ? null : pointsByClass.get(className);
      if (mine == null) {
        return null;
      }
      try {
        Set<HookPoint> found = new HashSet<>();
        byte[] bytes = Weaver.weave(classFile, mine, found);
        woven.addAll(found);
        return bytes;
      } catch (Throwable e) {
        failures.put(className, e.toString());
        return null;
      }
    }
  }
}
