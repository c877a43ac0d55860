package io.leakwatch.registry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a virtual thread that is off its carrier from going on while somebody looks at it. It goes on right behind that if it was
 * woken meanwhile. For a look of microseconds.
 *
 * <p>JDK 25 crashes when its snapshot is taken of a virtual thread that is mounted, or about to be (25.0.3: seen within seconds,
 * whether there are agents or not; https://bugs.openjdk.org/browse/JDK-8364343). The remedy that is proposed there is what
 * {@code Thread.getStackTrace} does with such threads in any case, and is done here: the state of a waiting thread is set to
 * suspended, then set back, and then it is looked whether it was woken in between (JDK 25, {@code
 * VirtualThread.tryGetStackTrace}). Another release may have other rules, so this is for 25 alone.
 *
 * <p>Thread-safe. Not initialised before a virtual thread was there.
 */
final class UnmountedThread {
  private static final int RELEASE = 25;
  private static final long PAUSE_NANOS = 1_000_000;

  private static final @Nullable Class<?> VIRTUAL = JdkLookup.find("java.lang.VirtualThread");
  private static final @Nullable UnsafeField PARK_PERMIT = JdkLookup.field(VIRTUAL, "parkPermit");
  private static final @Nullable UnsafeField BLOCK_PERMIT = JdkLookup.field(VIRTUAL, "blockPermit");
  private static final @Nullable UnsafeField NOTIFIED = JdkLookup.field(VIRTUAL, "notified");
  private static final @Nullable UnsafeField INTERRUPTED =
      JdkLookup.field(Thread.class, "interrupted");
  private static final @Nullable MethodHandle CONTINUE = continuing();

  private static final int PARKED = state("PARKED");
  private static final int TIMED_PARKED = state("TIMED_PARKED");
  private static final int BLOCKED = state("BLOCKED");
  private static final int WAIT = state("WAIT");
  private static final int TIMED_WAIT = state("TIMED_WAIT");
  private static final int UNPARKED = state("UNPARKED");
  private static final int UNBLOCKED = state("UNBLOCKED");
  private static final int SUSPENDED = state("SUSPENDED");

  private UnmountedThread() {}

  /** Whether this JDK's virtual threads can be kept so. */
  static boolean canBeKept() {
    return Runtime.version().feature() == RELEASE
        && VirtualThreads.areStatesKnown()
        && PARK_PERMIT != null
        && BLOCK_PERMIT != null
        && NOTIFIED != null
        && INTERRUPTED != null
        && CONTINUE != null
        && PARKED > 0
        && TIMED_PARKED > 0
        && BLOCKED > 0
        && WAIT > 0
        && TIMED_WAIT > 0
        && UNPARKED > 0
        && UNBLOCKED > 0
        && SUSPENDED > 0;
  }

  /**
   * Takes a look at a virtual thread that stands still meanwhile.
   *
   * @return what {@code look} returns; {@code null} when the thread does not wait, is not off its carrier yet, or is being looked at
   *     by another
   */
  static <T> @Nullable T look(Thread thread, Supplier<@Nullable T> look) {
    int state = VirtualThreads.state(thread);
    boolean waits = state == PARKED
        || state == TIMED_PARKED
        || state == BLOCKED
        || state == WAIT
        || state == TIMED_WAIT;
    if (!waits || !canBeKept() || !VirtualThreads.setState(thread, state, state | SUSPENDED)) {
      return null;
    }
    try {
      return look.get();
    } finally {
      letGo(thread, state);
    }
  }

  /** Whatever is lacking: a thread that is not let go waits for ever. Who would wake it meanwhile has left a note. */
  private static void letGo(Thread thread, int state) {
    boolean back = false;
    while (true) {
      try {
        // Nobody else sets a state that is suspended.
        back = back || VirtualThreads.setState(thread, state | SUSPENDED, state);
        if (isWoken(thread, state) && VirtualThreads.setState(thread, state, woken(state))) {
          goOn(thread);
        }
        return;
      } catch (OutOfMemoryError e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static boolean isWoken(Thread thread, int state) {
    if (state == BLOCKED) {
      return JdkLookup.readBoolean(BLOCK_PERMIT, thread, false);
    } else if (state == WAIT || state == TIMED_WAIT) {
      return JdkLookup.readBoolean(NOTIFIED, thread, false)
          || JdkLookup.readBoolean(INTERRUPTED, thread, false);
    }
    return JdkLookup.readBoolean(PARK_PERMIT, thread, false);
  }

  private static int woken(int state) {
    return state == PARKED || state == TIMED_PARKED ? UNPARKED : UNBLOCKED;
  }

  /** Gives it to its scheduler; when memory is lacking, as soon as there is some. */
  private static void goOn(Thread thread) {
    while (CONTINUE != null) {
      try {
        CONTINUE.invokeExact(thread);
        return;
      } catch (OutOfMemoryError e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (Throwable e) {
        // Its scheduler was shut down: it would not go on without us either.
        return;
      }
    }
  }

  private static int state(String name) {
    return VirtualThreads.stateNamed(name, -1);
  }

  private static @Nullable MethodHandle continuing() {
    if (VIRTUAL == null) {
      return null;
    }
    try {
      return MethodHandles.privateLookupIn(VIRTUAL, MethodHandles.lookup())
          .findVirtual(VIRTUAL, "submitRunContinuation", MethodType.methodType(void.class))
          .asType(MethodType.methodType(void.class, Thread.class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
