package io.leakwatch.registry;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the virtual threads that nothing can wake, by full collections: those that wait without a timeout are taken out of the
 * JDK's set of threads and held as the finalizer holds things; what the collector then comes to by that hold alone, nothing else
 * reaches. Unlike a heap dump, it sees what compiled code has.
 *
 * <p>Two collections, since the first may find objects with a finalizer, which may wake threads: by the second those are either
 * finalized or reached. Weak references to what such threads alone have are cleared, as if the threads were gone.
 *
 * <p>Only the set of the threads that were started directly is touched: executors count on theirs. Whatever happens, all are put
 * back; what cannot be put back at once, for want of memory, stays held and is tried again by {@link #putBack}. Not thread-safe:
 * belongs to the thread that takes the census.
 */
public final class CollectorCycle {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_MILLIS = 50;

  private final Registry registry;
  private final Runnable collector;
  private final Duration patience;
  private final Supplier<@Nullable RootTracking> finder;
  private @Nullable RootTracking tracking;
  private List<Reference<?>> out = new ArrayList<>();

  CollectorCycle(
      Registry registry,
      Runnable collector,
      Duration patience,
      Supplier<@Nullable RootTracking> finder) {
    this.registry = registry;
    this.collector = collector;
    this.patience = patience;
    this.finder = finder;
  }

  /** A cycle by {@link System#gc}. */
  public CollectorCycle(Registry registry) {
    this(registry, System::gc, PATIENCE, RootTracking::find);
  }

  /** This JVM cannot do it; the message is one line that says why. */
  public static final class ImpossibleException extends Exception {
    private static final long serialVersionUID = 1L;

    ImpossibleException(String message) {
      super(message);
    }
  }

  /**
   * What was found.
   *
   * @param looked how many threads were waiting without a timeout, and started directly
   * @param proven those of them that nothing can wake. Must not be kept
   */
  public record Result(int looked, List<Thread> proven) {
    public Result {
      proven = List.copyOf(proven);
    }
  }

  /** Why this JVM cannot do it, in one line; {@code null} when it can, as far as can be told beforehand. */
  public static @Nullable String obstacle() {
    if (!VirtualThreads.exist()) {
      return "JDK " + Runtime.version().feature() + " has no virtual threads";
    } else if (!VirtualThreads.areEnumerable()) {
      return "this JVM does not keep track of its virtual threads where that is known"
          + " (-Djdk.trackAllThreads=false)";
    } else if (!LastHold.isPossible()) {
      return "JDK " + Runtime.version() + " has no java.lang.ref.FinalReference as it is known";
    }
    return null;
  }

  /**
   * Runs it, for as long as two full collections take.
   *
   * @throws ImpossibleException when this JVM cannot; nothing has changed then
   */
  public Result run() throws ImpossibleException, InterruptedException {
    String obstacle = obstacle();
    if (obstacle != null) {
      throw new ImpossibleException(obstacle);
    }
    RootTracking found = finder.get();
    if (found == null) {
      throw new ImpossibleException("JDK " + Runtime.version()
          + " does not keep its virtual threads as is known (in the set VTHREADS of"
          + " ThreadContainers.RootContainer.TrackingRootContainer, with a state PARKED)");
    }
    tracking = found;
    // Held for that time, so that none of them is lost from thread dumps.
    List<Object> containers = VirtualThreads.containers();
    Runnable renewal = registry.executors().holdAll();
    Set<Long> proven;
    int looked;
    try {
      proven = round(found, thread -> true);
      looked = out.size();
      putBack();
      if (!proven.isEmpty()) {
        Set<Long> first = proven;
        proven = round(found, thread -> first.contains(PlatformThreads.id(thread)));
      }
    } finally {
      putBack();
      renewal.run();
      Reference.reachabilityFence(containers);
    }
    return new Result(looked, stillParked(found, proven));
  }

  /** Whether all threads are where they were. */
  public boolean isOver() {
    return out.isEmpty();
  }

  /** Puts back what is still out. Never throws; what fails stays held. */
  public void putBack() {
    RootTracking found = tracking;
    List<Reference<?>> left = out;
    if (found == null) {
      return;
    }
    while (!left.isEmpty()) {
      try {
        // From the end, so that nothing is made and nothing moves.
        Object thread = left.get(left.size() - 1).get();
        if (thread instanceof Thread one) {
          found.putBack(one);
          registry.threads().stillThere(one);
        }
        left.remove(left.size() - 1);
      } catch (Throwable e) {
        return;
      }
    }
  }

  /** One collection. Only numbers come back: a thread in a local variable would be reached by that. */
  private Set<Long> round(RootTracking found, Predicate<Thread> wanted)
      throws ImpossibleException, InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    putBack();
    if (!isOver()) {
      // They are known by their holds alone: these must not be forgotten for others.
      throw new ImpossibleException("there is too little memory to put back what is out");
    }
    try {
      takeOut(found, wanted, queue);
      collect(queue);
      return lastHeld();
    } catch (ImpossibleException | InterruptedException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private void takeOut(RootTracking found, Predicate<Thread> wanted, ReferenceQueue<Object> queue)
      throws Throwable {
    out = new ArrayList<>(found.size());
    for (Thread thread : found.threads()) {
      if (found.isParked(thread) && wanted.test(thread)) {
        // In this order: what is out is always held, and what is held is put back.
        out.add(LastHold.of(thread, queue));
        found.takeOut(thread);
      }
    }
  }

  /** Has the collector run, and sees by two objects of its own that it did what this is built on. */
  private void collect(ReferenceQueue<Object> queue) throws Throwable {
    Object kept = new Object();
    try {
      Reference<?> ofKept = LastHold.of(kept, queue);
      Reference<?> ofNothing = LastHold.of(new Object(), queue);
      collector.run();
      awaitTold(ofNothing);
      if (LastHold.isLast(ofKept)) {
        throw new ImpossibleException("this collector does not tell what is held from what is not");
      }
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  private void awaitTold(Reference<?> ofNothing) throws ImpossibleException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!LastHold.isLast(ofNothing)) {
      if (System.nanoTime() - deadline > 0) {
        throw new ImpossibleException("System.gc() did not collect an object that nothing holds"
            + " (-XX:+DisableExplicitGC, or another collector)");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    // The others come along with it, one by one; one that comes too late is not proven.
    long before = -1;
    for (long told = countLastHeld(); told != before; told = countLastHeld()) {
      before = told;
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private long countLastHeld() {
    return out.stream().filter(LastHold::isLast).count();
  }

  private Set<Long> lastHeld() {
    Set<Long> threads = new HashSet<>();
    for (Reference<?> hold : out) {
      if (LastHold.isLast(hold) && hold.get() instanceof Thread thread) {
        threads.add(PlatformThreads.id(thread));
      }
    }
    return threads;
  }

  private static List<Thread> stillParked(RootTracking found, Set<Long> numbers) {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : found.threads()) {
      if (numbers.contains(PlatformThreads.id(thread)) && found.isParked(thread)) {
        threads.add(thread);
      }
    }
    return threads;
  }
}
