package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
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

  /**
   * A field of an object or a class, for {@link #read} and its like; {@code null} when there is no such field. Not a method handle: of
   * these the JDK makes a class of its own when one has been called 128 times, in the middle of whatever calls it.
   */
  static @Nullable VarHandle field(@Nullable Class<?> owner, String field) {
    if (owner == null) {
      return null;
    }
    try {
      return lookup(owner).unreflectVarHandle(owner.getDeclaredField(field));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** What is in a field of references of a class, which is initialised by that; {@code null} when there is no such field. */
  static @Nullable Object readStatic(@Nullable Class<?> owner, String field) {
    VarHandle handle = field(owner, field);
    try {
      return handle == null ? null : (Object) handle.getAcquire();
    } catch (RuntimeException | LinkageError e) {
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
  static @Nullable Object read(@Nullable VarHandle field, Object from) {
    try {
      return field == null ? null : (Object) field.getAcquire(from);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** What is in a field of type {@code int}; {@code otherwise} when there is no such field, or when {@code from} has none. */
  static int readInt(@Nullable VarHandle field, Object from, int otherwise) {
    try {
      return field == null ? otherwise : (int) field.getAcquire(from);
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  /** The same of type {@code long}. */
  static long readLong(@Nullable VarHandle field, Object from, long otherwise) {
    try {
      return field == null ? otherwise : (long) field.getAcquire(from);
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  /** The same of type {@code boolean}. */
  static boolean readBoolean(@Nullable VarHandle field, Object from, boolean otherwise) {
    try {
      return field == null ? otherwise : (boolean) field.getAcquire(from);
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  private static Lookup lookup(Class<?> owner) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
  }
}
