package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Finds JDK internals by name. Everything found here is feature-detected: a miss is {@code null}, and the caller does
 * without. The packages were opened to the agent's module at start.
 */
final class JdkLookup {
  private static final MethodType OBJECT_TO_OBJECT =
      MethodType.methodType(Object.class, Object.class);

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

  /**
   * One of the native methods behind {@code ThreadMXBean}, past the bean; {@code null} when there is none. Getting the bean
   * loads {@code java.util.logging.LogManager}, while these need nothing but their library.
   */
  static @Nullable MethodHandle management(String method, MethodType type) {
    Class<?> owner = find("sun.management.ThreadImpl");
    if (owner == null) {
      return null;
    }
    try {
      // Loads the native library; nothing else is set up.
      Class.forName("java.lang.management.ManagementFactory", true, null);
      return lookup(owner).findStatic(owner, method, type);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
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

  /** The same handle from and to {@code Object}, as {@link #read} wants it. */
  static @Nullable MethodHandle object(@Nullable MethodHandle getter) {
    return getter == null ? null : getter.asType(OBJECT_TO_OBJECT);
  }

  /**
   * What {@code getter} reads.
   *
   * @param getter from {@link #object}
   * @return primitives boxed; {@code null} when there is no getter, or when it fails
   */
  static @Nullable Object read(@Nullable MethodHandle getter, Object from) {
    if (getter == null) {
      return null;
    }
    try {
      return (Object) getter.invokeExact(from);
    } catch (Throwable e) {
      return null;
    }
  }

  private static Lookup lookup(Class<?> owner) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
  }
}
