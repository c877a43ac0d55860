package io.leakwatch.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves a table of hooks into the running JVM.
 *
 * <p>The transformer stays registered: when another agent retransforms one of the classes, the JVM starts again from
 * the original bytes and weaves ours anew.
 */
public final class Instrumenter {
  /** The newest JDK that every hook is tested on. */
  private static final int NEWEST_TESTED = 25;

  private final Instrumentation instrumentation;
  private final boolean isTested;

  /** What to weave into which class. Replaced as a whole; the JVM's threads that load classes read it. */
  private volatile Map<String, List<HookPoint>> pointsByClass = Map.of();

  /** By identity: the hash of a record is made by code that the JVM writes when it is first asked for one. */
  private final Set<HookPoint> woven =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private final Map<String, String> failures = new ConcurrentHashMap<>();

  /** Weaves nothing yet. */
  public Instrumenter(Instrumentation instrumentation) {
    this(instrumentation, NEWEST_TESTED);
  }

  Instrumenter(Instrumentation instrumentation, int newestTested) {
    this.instrumentation = instrumentation;
    this.isTested = Runtime.version().feature() <= newestTested;
  }

  /**
   * From now on weaves each of the JDK's classes when it is loaded. On a JDK that is newer than those tested all are loaded
   * before: what the JVM refuses when it is {@linkplain #weave woven} later stays as it was, while a class that is refused when it
   * is loaded is lost to the application. Never throws.
   *
   * @return one line when nothing can be woven, else empty
   */
  public List<String> install() {
    pointsByClass = byClass(HookTable.POINTS);
    try {
      // The weaver must not meet its own classes for the first time inside transform(), where the
      // JVM would swallow the error.
      rehearse();
      if (!isTested) {
        targets(pointsByClass);
      }
      instrumentation.addTransformer(new Transformer(), true);
      return List.of();
    } catch (IOException | RuntimeException | LinkageError e) {
      return List.of("nothing is woven: " + e);
    }
  }

  /** Weaves what was loaded before {@link #install}, and loads what is not loaded yet. Never throws. */
  public void weave() {
    weave(HookTable.POINTS);
  }

  /**
   * Looks whether everything is in place. After {@link #weave}. Never throws.
   *
   * @return one line for each dead hook, empty when all are in place
   */
  public List<String> deadHooks() {
    return deadHooks(HookTable.POINTS);
  }

  /** Weaves, and looks after, what is woven besides when somebody asks whose things are; after {@link #install}, once. */
  public List<String> installScopes() {
    // Into the same pass: two that know nothing of each other would not get their frames right.
    List<HookPoint> all = new ArrayList<>(HookTable.POINTS);
    all.addAll(ScopeHookTable.POINTS);
    pointsByClass = byClass(all);
    weave(ScopeHookTable.POINTS);
    return deadHooks(ScopeHookTable.POINTS);
  }

  private void weave(List<HookPoint> points) {
    Map<String, List<HookPoint>> wanted = byClass(points);
    List<Class<?>> unwoven = new ArrayList<>();
    for (Class<?> type : targets(wanted)) {
      if (!woven.containsAll(wanted.getOrDefault(internalName(type), List.of()))) {
        unwoven.add(type);
      }
    }
    retransform(unwoven);
  }

  /** Loads, but does not initialise, the classes that there are. */
  private static List<Class<?>> targets(Map<String, List<HookPoint>> points) {
    List<Class<?>> targets = new ArrayList<>();
    for (String name : points.keySet()) {
      Class<?> target = find(name);
      if (target != null) {
        targets.add(target);
      }
    }
    return targets;
  }

  /** All at once, which is one stop of the JVM; one by one when it refuses one of them. */
  private void retransform(List<Class<?>> types) {
    if (types.isEmpty() || retransformed(types.toArray(new Class<?>[0])) == null) {
      return;
    }
    for (Class<?> type : types) {
      Throwable refusal = retransformed(type);
      if (refusal != null) {
        failures.put(internalName(type), refusal.toString());
      }
    }
  }

  private @Nullable Throwable retransformed(Class<?>... types) {
    try {
      instrumentation.retransformClasses(types);
      return null;
    } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
      return e;
    }
  }

  private static Map<String, List<HookPoint>> byClass(List<HookPoint> points) {
    int feature = Runtime.version().feature();
    Map<String, List<HookPoint>> found = new LinkedHashMap<>();
    for (HookPoint point : points) {
      if (point.isIn(feature)) {
        List<HookPoint> known = found.get(point.className());
        if (known == null) {
          known = new ArrayList<>();
          found.put(point.className(), known);
        }
        known.add(point);
      }
    }
    return found;
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
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
    List<HookPoint> played = new ArrayList<>();
    // There is one at each place of the method, and they keep something.
    for (HookPoint p : HookTable.POINTS) {
      if (p.method().equals("run")) {
        played.add(HookPoint.at(
            name, "play", Rehearsal.PLAY_DESCRIPTOR, p.where(), p.hook(), p.arguments()));
      }
    }
    try (InputStream in = Instrumenter.class.getResourceAsStream("/" + name + ".class")) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      Weaver.weave(in.readAllBytes(), played, new ArrayList<>());
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
        List<HookPoint> found = new ArrayList<>();
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
