package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
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

  /** A field of objects of a class, for {@link #read} and its like; {@code null} when there is no such field. */
  static @Nullable UnsafeField field(@Nullable Class<?> owner, String field) {
    if (owner == null) {
      return null;
    }
    try {
      return UnsafeField.of(owner.getDeclaredField(field));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** What is in a field of a class, which is initialised by that; {@code null} when there is no such field. */
  static @Nullable Object readStatic(@Nullable Class<?> owner, String field) {
    if (owner == null) {
      return null;
    }
    try {
      Field declared = owner.getDeclaredField(field);
      declared.setAccessible(true);
      return declared.get(null);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
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

  /** The same handle from and to {@code Object}, as {@link #call} wants it. */
  static @Nullable MethodHandle object(@Nullable MethodHandle method) {
    return method == null ? null : method.asType(OBJECT_TO_OBJECT);
  }

  /**
   * What {@code method} returns.
   *
   * @param method from {@link #object}
   * @return primitives boxed; {@code null} when there is no such method, or when it fails
   */
  static @Nullable Object call(@Nullable MethodHandle method, Object on) {
    if (method == null) {
      return null;
    }
    try {
      return (Object) method.invokeExact(on);
    } catch (Throwable e) {
      return null;
    }
  }

  /** What is in a field of references; {@code null} when there is no such field, or when {@code from} has none. */
  static @Nullable Object read(@Nullable UnsafeField field, Object from) {
    return field == null ? null : field.read(from);
  }

  /** What is in a field of type {@code int}; {@code otherwise} when there is no such field, or when {@code from} has none. */
  static int readInt(@Nullable UnsafeField field, Object from, int otherwise) {
    return field == null ? otherwise : field.readInt(from, otherwise);
  }

  /** The same of type {@code long}. */
  static long readLong(@Nullable UnsafeField field, Object from, long otherwise) {
    return field == null ? otherwise : field.readLong(from, otherwise);
  }

  /** The same of type {@code boolean}. */
  static boolean readBoolean(@Nullable UnsafeField field, Object from, boolean otherwise) {
    return field == null ? otherwise : field.readBoolean(from, otherwise);
  }

  private static Lookup lookup(Class<?> owner) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
  }
}
