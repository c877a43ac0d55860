package com.acme.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stack behind one lock: the plainest of them, and the yardstick for the others.
 *
 * <p><b>Protocol and happens-before.</b> The deque is used under the lock only. The release of a lock happens before its
 * next acquisition ({@link Lock}, "Memory Synchronization"), so each operation sees everything that the earlier ones did,
 * and takes effect while the lock is held. A {@link ReentrantLock} and not {@code synchronized}, because a virtual thread
 * that waits for a monitor keeps its carrier waiting too before JDK 24 (JEP 491).
 *
 * <p><b>Progress.</b> Blocking: a thread that is suspended while it holds the lock stops all others.
 *
 * <p><b>ABA</b> is no question here: nobody changes anything between a thread's read and its write.
 *
 * @param <E> what is on it; never null
 */
public final class MutexStack<E> implements ConcurrentStack<E> {
  private final Lock lock = new ReentrantLock();
  private final Deque<E> elements = new ArrayDeque<>();

  @Override
  public void push(E element) {
    lock.lock();
    try {
      elements.push(element);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<E> pop() {
    lock.lock();
    try {
      return Optional.ofNullable(elements.poll());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<E> peek() {
    lock.lock();
    try {
      return Optional.ofNullable(elements.peek());
    } finally {
      lock.unlock();
    }
  }

  /** Takes constant time; exact at the moment at which the lock was held. */
  @Override
  public int sizeEstimate() {
    lock.lock();
    try {
      return elements.size();
    } finally {
      lock.unlock();
    }
  }
}
