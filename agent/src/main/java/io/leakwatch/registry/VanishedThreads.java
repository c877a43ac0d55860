package io.leakwatch.registry;

import io.leakwatch.bootstrap.Hooks;
import io.leakwatch.registry.Tasks.Wrapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The account of virtual threads that were started, have not ended, and are no more: the garbage collector took them,
 * since nothing could ever have woken them. What it says of a class of tasks is a lower bound, and never too high:
 *
 * <pre>started, read before the census − ended, read after it − seen alive in it</pre>
 *
 * <p>A thread that counts as started is in its container from before it counts until after it counts as ended, and the
 * census sees whatever is in its container all the while. So whoever had started before is seen, or has ended by the end,
 * or is gone; those that start meanwhile only make the bound lower. A thread whose class cannot be told, since somebody
 * cancelled the future that it runs, may be of any class: it counts as seen in each. What was found once stays, for as long
 * as it can be so: a finalizer may bring back what the collector had given up, and then the thread ends after all.
 *
 * <p>Nothing more is found once a hook has failed, which may have lost an end; nor where the JDK does not track virtual threads
 * and the account has dropped one. Belongs to the census.
 */
public final class VanishedThreads {
  /** More classes are not watched; that is when nothing is known of a class, never when it vanishes. */
  private static final int MAX_CLASSES = 10_000;

  /**
   * Threads of one class that vanished.
   *
   * @param origin the class of their tasks
   * @param count at least so many
   * @param started as many were started
   */
  public record Vanished(OriginClass origin, long count, long started) {}

  private static final class Watched {
    long startedBefore;
    long endedBefore;
    long seen;
    long vanished;
  }

  private final Map<OriginClass, Watched> classes = new HashMap<>();
  private long unclear;

  /** Reads what has started: before the census takes in or sees anything. */
  void beginCensus() {
    unclear = 0;
    classes.forEach((origin, watched) -> {
      watched.endedBefore = origin.lives().ended();
      watched.startedBefore = origin.lives().started();
      watched.seen = 0;
    });
  }

  /** From the next census on looks at threads of this class as well. */
  void watch(OriginClass origin) {
    if (classes.size() < MAX_CLASSES) {
      classes.computeIfAbsent(origin, o -> new Watched());
    }
  }

  /** A live virtual thread. */
  void see(OriginClass origin) {
    if (origin.wrapper() == Wrapper.FUTURE) {
      // It has let go of its task, and with that of the class that its start was counted by.
      unclear++;
    }
    Watched watched = classes.get(origin);
    if (watched != null) {
      watched.seen++;
    }
  }

  /**
   * Ends the census.
   *
   * @param complete whether it saw every live virtual thread
   */
  void endCensus(boolean complete) {
    boolean lossless = complete && Hooks.failures() == 0;
    for (Map.Entry<OriginClass, Watched> entry : classes.entrySet()) {
      Watched watched = entry.getValue();
      LifeCounts lives = entry.getKey().lives();
      long atLeast = watched.startedBefore - lives.ended() - watched.seen - unclear;
      long atMost = lives.started() - watched.endedBefore - watched.seen;
      if (lossless) {
        watched.vanished = Math.max(0, Math.min(atMost, Math.max(watched.vanished, atLeast)));
      }
      lives.widenIfMany();
    }
    classes.entrySet().removeIf(entry -> {
      LifeCounts lives = entry.getKey().lives();
      return entry.getValue().seen == 0 && lives.ended() >= lives.started();
    });
  }

  /** The classes of which threads have vanished. */
  List<Vanished> all() {
    List<Vanished> all = new ArrayList<>();
    classes.forEach((origin, watched) -> {
      if (watched.vanished > 0 && origin.wrapper() != Wrapper.FUTURE) {
        all.add(new Vanished(origin, watched.vanished, watched.startedBefore));
      }
    });
    return all;
  }
}
