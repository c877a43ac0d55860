package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * A reference as the JVM's finalizer has them: the collector tells when nothing else has reached the object, and keeps the object
 * all the same. So it shows what would be collected, and nothing is.
 */
final class LastHold {
  private static final @Nullable MethodHandle MAKE = constructor();

  private LastHold() {}

  /** Whether this JDK has such references, and lets them be made. */
  static boolean isPossible() {
    return MAKE != null;
  }

  /**
   * Holds an object.
   *
   * @param queue gets the reference once nothing else has reached the object at a collection
   */
  static Reference<?> of(Object object, ReferenceQueue<Object> queue) throws Throwable {
    if (MAKE == null) {
      throw new UnsupportedOperationException("java.lang.ref.FinalReference cannot be made");
    }
    return (Reference<?>) MAKE.invokeExact(object, queue);
  }

  /** Whether a collection has come to the object by this reference alone. */
  @SuppressWarnings(
      "deprecation") // What is deprecated is to ask it of references that somebody clears.
  static boolean isLast(Reference<?> hold) {
    return hold.isEnqueued();
  }

  private static @Nullable MethodHandle constructor() {
    Class<?> type = JdkLookup.find("java.lang.ref.FinalReference");
    if (type == null) {
      return null;
    }
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(
              type, MethodType.methodType(void.class, Object.class, ReferenceQueue.class))
          .asType(MethodType.methodType(Reference.class, Object.class, ReferenceQueue.class));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
