package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells by which method a task of some class is entered, as it stands in the stack of the thread that runs it. The class
 * of a lambda expression is in no stack: its constant pool names the method that it calls. Runs no code of the task.
 *
 * <p>Reading constant pools of lambda classes is an old trick of libraries that resolve their type arguments. Not for
 * hooks. Thread-safe.
 */
final class EntryMethods {
  private static final @Nullable MethodHandle POOL = pool();
  private static final @Nullable MethodHandle SIZE = ofPool("getSize", int.class);
  private static final @Nullable MethodHandle MEMBER =
      ofPool("getMemberRefInfoAt", String[].class, int.class);

  private EntryMethods() {}

  /** Such as {@code com.acme.Quotes.lambda$ask$0} or {@code com.acme.Refresh.run}; {@code null} when it is not known. */
  static @Nullable String of(Class<?> task) {
    if (task.isHidden()) {
      return calledBy(task);
    }
    if (Runnable.class.isAssignableFrom(task)) {
      return declared(task, "run", void.class);
    }
    if (Callable.class.isAssignableFrom(task)) {
      return declared(task, "call", Object.class);
    }
    return Supplier.class.isAssignableFrom(task) ? declared(task, "get", Object.class) : null;
  }

  /** Resolves this one method; reflection would load whatever classes the others name. */
  private static String declared(Class<?> task, String method, Class<?> result) {
    Class<?> owner = task;
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(task, MethodHandles.lookup());
      MethodHandle found = lookup.findVirtual(task, method, MethodType.methodType(result));
      owner = lookup.revealDirect(found).getDeclaringClass();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Not to be looked into: most tasks have their own.
    }
    return owner.getName() + "." + method;
  }

  /** The first method in its constant pool but the constructor that its own one calls; behind it come conversions. */
  private static @Nullable String calledBy(Class<?> lambda) {
    if (POOL == null || SIZE == null || MEMBER == null) {
      return null;
    }
    try {
      Object pool = (Object) POOL.invoke(lambda);
      int size = (int) SIZE.invoke(pool);
      for (int i = 1; i < size; i++) {
        String[] member = member(pool, i);
        if (member != null && member[2].startsWith("(") && !member[0].equals("java/lang/Object")) {
          return member[0].replace('/', '.') + "." + member[1];
        }
      }
      return null;
    } catch (Throwable e) {
      return null;
    }
  }

  /** Class, name and descriptor; {@code null} where the entry is of another kind. */
  private static String @Nullable [] member(Object pool, int index) {
    try {
      return MEMBER == null ? null : (String[]) MEMBER.invoke(pool, index);
    } catch (Throwable e) {
      return null;
    }
  }

  private static @Nullable MethodHandle pool() {
    Class<?> access = JdkLookup.find("jdk.internal.access.JavaLangAccess");
    Class<?> secrets = JdkLookup.find("jdk.internal.access.SharedSecrets");
    Class<?> pool = JdkLookup.find("jdk.internal.reflect.ConstantPool");
    if (access == null || secrets == null || pool == null) {
      return null;
    }
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(secrets, MethodHandles.lookup());
      Object javaLang = lookup
          .findStatic(secrets, "getJavaLangAccess", MethodType.methodType(access))
          .invoke();
      return lookup
          .findVirtual(access, "getConstantPool", MethodType.methodType(pool, Class.class))
          .bindTo(javaLang);
    } catch (Throwable e) {
      return null;
    }
  }

  private static @Nullable MethodHandle ofPool(
      String method, Class<?> result, Class<?>... parameters) {
    Class<?> pool = JdkLookup.find("jdk.internal.reflect.ConstantPool");
    if (pool == null) {
      return null;
    }
    try {
      return MethodHandles.privateLookupIn(pool, MethodHandles.lookup())
          .findVirtual(pool, method, MethodType.methodType(result, parameters));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
