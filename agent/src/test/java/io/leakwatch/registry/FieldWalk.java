package io.leakwatch.registry;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Follows every strong reference from an object of the agent, and says what of the application it keeps alive. */
public final class FieldWalk {
  private record Step(Object object, String path) {}

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> open = new ArrayDeque<>();
  private final List<String> found = new ArrayList<>();

  private FieldWalk() {}

  /** Paths to the threads, tasks, executors, class loaders, foreign classes and backtraces that {@code root} holds. */
  public static List<String> held(Object root) {
    FieldWalk walk = new FieldWalk();
    walk.add(root, root.getClass().getSimpleName());
    while (!walk.open.isEmpty()) {
      walk.visit(walk.open.poll());
    }
    return walk.found;
  }

  private void visit(Step step) {
    Object object = step.object();
    if (isTheApplications(object)) {
      found.add(step.path() + " is a " + object.getClass().getName());
      return;
    }
    if (object instanceof Class) {
      return;
    }
    if (object.getClass().isArray()) {
      if (!object.getClass().getComponentType().isPrimitive()) {
        for (int i = 0; i < Array.getLength(object); i++) {
          add(Array.get(object, i), step.path() + "[" + i + "]");
        }
      }
      return;
    }
    for (Class<?> c = object.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && !Reference.class.isAssignableFrom(c)) {
          add(value(field, object), step.path() + "." + field.getName());
        }
      }
    }
  }

  private void add(@Nullable Object object, String path) {
    if (object != null && !(object instanceof String) && seen.add(object)) {
      open.add(new Step(object, path));
    }
  }

  private static boolean isTheApplications(Object object) {
    if (object instanceof Class<?> type) {
      return !type.getName().startsWith("io.leakwatch.") && type.getClassLoader() != null;
    }
    return object instanceof Thread
        || object instanceof Runnable
        || object instanceof Executor
        || object instanceof Timer
        || object instanceof ClassLoader
        || object instanceof Throwable;
  }

  private static @Nullable Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      // A package of the JDK that the agent does not read: it holds none of the agent's data
      // either.
      return null;
    }
  }
}
