package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * Finds JDK internals by name. Everything found here is feature-detected: a miss is {@code null}, and the caller does
 * without. The packages were opened to the agent's module at start.
 */
final class JdkLookup {
  private JdkLookup() {}

  /** The class, not initialised, or {@code null} when this JDK has none of that name. */
  static @Nullable Class<?> find(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Reads a field, its value as {@code Object} for an object field; {@code null} when there is no such field. */
  static @Nullable MethodHandle getter(@Nullable Class<?> owner, String field) {
    if (owner == null) {
      return null;
    }
    try {
      var declared = owner.getDeclaredField(field);
      declared.setAccessible(true);
      return lookup(owner).unreflectGetter(declared);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** {@code owner}'s own version of a method without parameters, whatever subclasses override. */
  static @Nullable MethodHandle own(@Nullable Class<?> owner, String method) {
    if (owner == null) {
      return null;
    }
    try {
      var declared = owner.getDeclaredMethod(method);
      return lookup(owner).unreflectSpecial(declared, owner);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** {@code second(first(x))}; {@code null} when either is. */
  static @Nullable MethodHandle compose(
      @Nullable MethodHandle first, @Nullable MethodHandle second) {
    if (first == null || second == null) {
      return null;
    }
    MethodHandle adapted =
        first.asType(first.type().changeReturnType(second.type().parameterType(0)));
    return MethodHandles.filterReturnValue(adapted, second);
  }

  private static Lookup lookup(Class<?> owner) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
  }
}
