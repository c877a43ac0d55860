package io.leakwatch.registry;

import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads what locks know of themselves: who holds one, who waits for it. Reads fields only, takes no lock and runs no
 * method of the application, so what it reads may be outdated by the next moment.
 *
 * <p>An owner is known of locks built on {@link AbstractOwnableSynchronizer}: {@link ReentrantLock}, the write side of
 * {@link ReentrantReadWriteLock}, and what applications build themselves.
 */
public final class LockBooks {
  private static final @Nullable UnsafeField OWNER =
      JdkLookup.field(AbstractOwnableSynchronizer.class, "exclusiveOwnerThread");

  private static final Queue QUEUE = new Queue(AbstractQueuedSynchronizer.class);

  /** Read-write locks use this one on later JDKs. */
  private static final Queue LONG_QUEUE = new Queue(AbstractQueuedLongSynchronizer.class);

  private static final @Nullable Class<?> REENTRANT =
      JdkLookup.find("java.util.concurrent.locks.ReentrantLock$Sync");
  private static final @Nullable Class<?> READ_WRITE =
      JdkLookup.find("java.util.concurrent.locks.ReentrantReadWriteLock$Sync");

  private LockBooks() {}

  /** The lock that a thread waits for; {@code null} when it does not, or waits for something that has no owner. */
  public static @Nullable AbstractOwnableSynchronizer awaitedBy(Thread thread) {
    return LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer lock ? lock : null;
  }

  /** Who holds a lock, a write lock on its write side; {@code null} when nobody does, or when that cannot be read. */
  public static @Nullable Thread owner(AbstractOwnableSynchronizer lock) {
    return (Thread) JdkLookup.read(OWNER, lock);
  }

  /** Whether only its owner can release a lock. True of the JDK's; of an application's nothing is known. */
  public static boolean isReleasedByOwnerOnly(AbstractOwnableSynchronizer lock) {
    return (REENTRANT != null && REENTRANT.isInstance(lock))
        || (READ_WRITE != null && READ_WRITE.isInstance(lock));
  }

  /**
   * What stands for one wait of one thread in a lock's queue, from its begin to its end: as long as it is there the thread
   * has been waiting without a break, and nobody else's wait ever gets the same one.
   *
   * @param waiter whose wait; {@code null} for that of whoever is next
   * @param steps looks no further down the queue than this
   * @return {@code null} when there is none, or when it cannot be read
   */
  public static @Nullable Object waitIn(
      AbstractOwnableSynchronizer lock, @Nullable Thread waiter, int steps) {
    if (lock instanceof AbstractQueuedSynchronizer) {
      return QUEUE.waitOf(lock, waiter, steps);
    }
    return lock instanceof AbstractQueuedLongSynchronizer
        ? LONG_QUEUE.waitOf(lock, waiter, steps)
        : null;
  }

  /** Such as {@code ReentrantLock@5e2de80c}, or {@code com.acme.Mutex@5e2de80c}. */
  public static String name(AbstractOwnableSynchronizer lock) {
    String name = lock.getClass().getName();
    if (isReleasedByOwnerOnly(lock)) {
      // The JDK's locks are known by the class around the one that queues.
      name = name.substring(name.lastIndexOf('.') + 1, name.indexOf('$'));
    }
    return name + "@" + Integer.toHexString(System.identityHashCode(lock));
  }

  /** How to read the queue of one kind of lock. */
  private static final class Queue {
    private final @Nullable UnsafeField head;
    private final @Nullable UnsafeField next;
    private final @Nullable UnsafeField waiter;

    Queue(Class<?> kind) {
      head = JdkLookup.field(kind, "head");
      Class<?> node = JdkLookup.find(kind.getName() + "$Node");
      next = JdkLookup.field(node, "next");
      waiter = JdkLookup.field(node, "waiter");
    }

    @Nullable
    Object waitOf(AbstractOwnableSynchronizer lock, @Nullable Thread whose, int steps) {
      Object first = JdkLookup.read(head, lock);
      Object node = first == null ? null : JdkLookup.read(next, first);
      for (int i = 0; node != null && i < steps; i++) {
        Object waiting = JdkLookup.read(waiter, node);
        if (waiting != null && (whose == null || waiting == whose)) {
          return node;
        }
        node = JdkLookup.read(next, node);
      }
      return null;
    }
  }
}
