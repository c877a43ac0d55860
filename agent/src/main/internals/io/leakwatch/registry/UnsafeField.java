package io.leakwatch.registry;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * A field of the objects of a class, found at its place in them: what a {@code VarHandle} does, without what the JVM has to make
 * before the first of these can be called, which the application's start would wait for. Compiled apart, as {@link
 * io.leakwatch.JdkInternals} is. Needs {@code jdk.internal.misc} opened to this class's module.
 *
 * <p>As safe as a {@code VarHandle}: in an object that has no such field, and in a field that is of another type, it does
 * nothing. A record, because the JIT compiler takes what is in a constant one for constant: a check of the class and one
 * access are left. Thread-safe.
 *
 * @param owner the class that declares it
 * @param type {@code Object} for any reference
 * @param offset where it is in the objects of {@code owner}
 */
record UnsafeField(Class<?> owner, Class<?> type, long offset) {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** A field of objects; {@code null} for one of the class itself. */
  static @Nullable UnsafeField of(Field field) {
    Class<?> type = field.getType().isPrimitive() ? field.getType() : Object.class;
    return Modifier.isStatic(field.getModifiers())
        ? null
        : new UnsafeField(field.getDeclaringClass(), type, UNSAFE.objectFieldOffset(field));
  }

  /** A field of our own, which is there. */
  static UnsafeField own(Class<?> owner, String name) {
    try {
      return Objects.requireNonNull(of(owner.getDeclaredField(name)), name);
    } catch (NoSuchFieldException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Whether there is such a field in an object. */
  private boolean isIn(Object object, Class<?> expected) {
    return type == expected && owner.isInstance(object);
  }

  /** What is in it, with the effects of {@code VarHandle.getAcquire}; {@code null} when the object has no such field. */
  @Nullable Object read(Object from) {
    return isIn(from, Object.class) ? UNSAFE.getReferenceAcquire(from, offset) : null;
  }

  /** The same of type {@code int}; {@code otherwise} when the object has no such field. */
  int readInt(Object from, int otherwise) {
    return isIn(from, int.class) ? UNSAFE.getIntAcquire(from, offset) : otherwise;
  }

  /** The same of type {@code long}. */
  long readLong(Object from, long otherwise) {
    return isIn(from, long.class) ? UNSAFE.getLongAcquire(from, offset) : otherwise;
  }

  /** The same of type {@code boolean}. */
  boolean readBoolean(Object from, boolean otherwise) {
    return isIn(from, boolean.class) ? UNSAFE.getBooleanAcquire(from, offset) : otherwise;
  }

  /** Sets a field of type {@code int} if it is {@code expected}; whether it was. */
  boolean compareAndSet(Object in, int expected, int value) {
    return isIn(in, int.class) && UNSAFE.compareAndSetInt(in, offset, expected, value);
  }

  /** The same of a field of references; the value must be what the field may hold. */
  boolean compareAndSet(Object in, @Nullable Object expected, @Nullable Object value) {
    return isIn(in, Object.class) && UNSAFE.compareAndSetReference(in, offset, expected, value);
  }

  /** Adds to a field of type {@code long}, and returns what was in it. */
  long getAndAdd(Object in, long more) {
    return isIn(in, long.class) ? UNSAFE.getAndAddLong(in, offset, more) : 0;
  }

  /** Sets a field of references to what it may hold, and returns what was in it. */
  @Nullable Object getAndSet(Object in, @Nullable Object value) {
    return isIn(in, Object.class) ? UNSAFE.getAndSetReference(in, offset, value) : null;
  }
}
