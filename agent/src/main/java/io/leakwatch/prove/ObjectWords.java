package io.leakwatch.prove;

import io.leakwatch.prove.heap.HeapClass;
import io.leakwatch.prove.heap.HeapDump;
import io.leakwatch.prove.heap.HeapObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names objects of a dump for people. */
final class ObjectWords {
  private ObjectWords() {}

  /** Such as {@code CountDownLatch$Sync@6878153d8}: the class without its package, and the object's address in the dump. */
  static String name(HeapDump dump, long id) {
    long at = dump.position(id);
    HeapClass type = at == HeapDump.ABSENT ? null : dump.classAt(at);
    HeapClass self = dump.classById(id);
    String name = self != null
        ? "class " + shortName(self.name())
        : type == null ? "object" : shortName(type.name());
    return self != null ? name : name + "@" + Long.toHexString(id);
  }

  /** The class's name without its package. */
  static String shortName(String className) {
    boolean array = className.startsWith("[L");
    String plain = array ? className.substring(2, className.length() - 1) : className;
    // A hidden class has an address behind a slash or a plus, which may hold no dot.
    return plain.substring(plain.lastIndexOf('.') + 1) + (array ? "[]" : "");
  }

  /** A thread, by its object: its name, or its number when it has none. */
  static String threadName(HeapObject thread) {
    String name = thread.text("name");
    return name.isEmpty() ? "thread #" + thread.longValue("tid", -1) : name;
  }

  /** The pool of whose worker this is the stack; {@code null} when it is none of a thread pool. */
  static @Nullable HeapObject pool(HeapDump dump, DumpedThread thread) {
    HeapObject object = dump.object(thread.object());
    HeapObject holder = object == null ? null : object.object("holder");
    HeapObject task =
        object == null ? null : holder == null ? object.object("target") : holder.object("task");
    HeapObject pool = task == null ? null : task.object("this$0");
    if (pool != null && isPool(pool)) {
      return pool;
    }
    // The factory has wrapped the worker, or the thread is virtual: the pool is in the stack.
    HeapObject[] found = {null};
    dump.threads().eachStackRoot(thread.index(), (id, frame, at) -> {
      HeapObject root = found[0] == null && frame >= 0 ? dump.object(id) : null;
      if (root != null && isPool(root)) {
        found[0] = root;
      }
    });
    return found[0];
  }

  private static boolean isPool(HeapObject object) {
    return object.type().isA("java.util.concurrent.ThreadPoolExecutor");
  }

  /** The class of the application's own that makes a pool's threads; empty when there is none. */
  static String factory(HeapObject pool) {
    HeapObject factory = pool.object("threadFactory");
    String name = factory == null ? "" : factory.type().name();
    List<String> jdk = List.of("java.", "jdk.");
    return jdk.stream().anyMatch(name::startsWith) ? "" : name;
  }
}
