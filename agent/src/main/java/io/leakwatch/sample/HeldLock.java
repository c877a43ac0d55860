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
 * @param queue who waits for it
 * @param waiterNames some of their names, the oldest first; empty in all but the newest sample
 * @param waiterDetails one of them looked at; empty in all but the newest sample
 */
public record HeldLock(
    long number,
    String name,
    boolean byOwnerOnly,
    Holder holder,
    Queue queue,
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
   * Those who wait for a lock.
   *
   * @param waiters live threads that were found waiting for it
   * @param allFound whether there are no more; only so many virtual threads are asked
   * @param turn the same as long as none of them gets the lock; 0 when unknown
   * @param counted whether {@code turn} is certain to change when one gets it; else all were found waiting at each sample
   */
  public record Queue(long waiters, boolean allFound, long turn, boolean counted) {}

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
        number, name, byOwnerOnly, holder.withoutDetails(), queue, List.of(), List.of());
  }
}
