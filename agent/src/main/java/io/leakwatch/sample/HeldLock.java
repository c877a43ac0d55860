package io.leakwatch.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock that threads wait for and that may never come free: its holder has ended, waits for a lock itself, or keeps many
 * waiting.
 *
 * @param number identifies it; a lock that was none of these meanwhile gets a new one
 * @param name its class and a hash, such as {@code ReentrantLock@5e2de80c}
 * @param byOwnerOnly whether only its holder can release it, which is so of the JDK's
 * @param holder who holds it
 * @param waiters live threads that wait for it
 * @param nextWait identifies the wait that is next in its queue, the same as long as no waiter gets the lock; 0 when
 *     unknown
 * @param waiterNames some of their names, the oldest first; empty in all but the newest sample
 * @param waiterDetails one of them looked at; empty in all but the newest sample
 */
public record HeldLock(
    long number,
    String name,
    boolean byOwnerOnly,
    Holder holder,
    long waiters,
    long nextWait,
    List<String> waiterNames,
    List<ThreadDetail> waiterDetails) {

  /**
   * Who holds a lock.
   *
   * @param id identifies the thread
   * @param name never empty
   * @param ended whether it has ended, without releasing the lock
   * @param waitsFor the lock that it waits for itself; {@code null} when it does not
   * @param detail it looked at; {@code null} when it was not, and in all but the newest sample
   */
  public record Holder(
      long id,
      String name,
      boolean ended,
      @Nullable Wait waitsFor,
      @Nullable ThreadDetail detail) {

    Holder withoutDetails() {
      return detail == null ? this : new Holder(id, name, ended, waitsFor, null);
    }
  }

  /**
   * A wait of one thread for one lock.
   *
   * @param lock the {@link HeldLock#number()} of the lock
   * @param number identifies this wait from its begin to its end; 0 when unknown
   * @param timed whether a clock ends it
   * @param counted whether {@code number} is certain to change when the wait ends; else the thread was found in the same
   *     place at each sample
   */
  public record Wait(long lock, long number, boolean timed, boolean counted) {}

  public HeldLock {
    waiterNames = List.copyOf(waiterNames);
    waiterDetails = List.copyOf(waiterDetails);
  }

  HeldLock withoutDetails() {
    return new HeldLock(
        number,
        name,
        byOwnerOnly,
        holder.withoutDetails(),
        waiters,
        nextWait,
        List.of(),
        List.of());
  }
}
