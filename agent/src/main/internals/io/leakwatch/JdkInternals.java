package io.leakwatch;

import jdk.internal.misc.CDS;
import jdk.internal.misc.Unsafe;

/**
 * What the entry calls of the JDK's internals. Compiled apart, without {@code --release}, which would hide them: calls that the
 * JVM links itself cost nothing at the start, while by reflection or method handles the first of each form takes newer JDKs
 * 10 ms. Needs {@code jdk.internal.misc} opened to this class's module.
 */
final class JdkInternals {
  private JdkInternals() {}

  /**
   * Defines a class in the boot class loader.
   *
   * @param internalName such as {@code java/lang/Object}
   * @throws LinkageError also where this JDK has no such method
   */
  static void defineInBootLoader(String internalName, byte[] bytes) {
    Unsafe.getUnsafe().defineClass(internalName, bytes, 0, bytes.length, null, null);
  }

  /** An object whose constructor is not run; its class is initialised. */
  static Object newWithoutConstructor(Class<?> type) throws InstantiationException {
    return Unsafe.getUnsafe().allocateInstance(type);
  }

  /** Whether this run records what goes into an archive of classes, of whichever sort. */
  static boolean isDumpingArchive() {
    return CDS.isDumpingArchive();
  }
}
