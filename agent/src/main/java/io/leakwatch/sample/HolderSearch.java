package io.leakwatch.sample;

import io.leakwatch.registry.OriginClass;
import io.leakwatch.registry.ThreadRegistry.LiveThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom to ask next for a monitor that many wait at and of which nothing tells the holder: it may be any thread. First who
 * was found to hold such a monitor before; then threads made like those that wait, which run the same code; then all
 * others, by turns from sample to sample. Searches for nothing, and keeps no thread, unless it was asked to at the sample
 * before. Not thread-safe.
 */
final class HolderSearch {
  /** As many threads of a kind are asked at a sample, at about 30 µs each. */
  private static final int MAX_ASKED = 256;

  /** Threads of one kind, by turns. */
  private static final class Turns {
    private List<LiveThread> threads = new ArrayList<>();
    private int seen;
    private int first;

    void offer(LiveThread live) {
      if (seen++ >= first && threads.size() < MAX_ASKED) {
        threads.add(live);
      }
    }

    void endSample() {
      int next = first + threads.size();
      first = next < seen ? next : 0;
      seen = 0;
      threads = new ArrayList<>();
    }
  }

  private boolean searching;
  private boolean wanted;
  private Set<OriginClass> waiting = new HashSet<>();
  private Set<OriginClass> waitingBefore = new HashSet<>();
  private Set<Long> found = new HashSet<>();
  private Set<Long> foundBefore = new HashSet<>();
  private List<LiveThread> known = new ArrayList<>();
  private final Turns alike = new Turns();
  private final Turns others = new Turns();

  /** Takes note of a thread that is not blocked at a monitor. */
  void offer(LiveThread live) {
    if (!searching) {
      return;
    }
    if (foundBefore.contains(live.id())) {
      known.add(live);
    } else if (waitingBefore.contains(live.origin())) {
      alike.offer(live);
    } else {
      others.offer(live);
    }
  }

  /** Whom to ask, the likeliest first. Empty at the first sample at which there is something to search for. */
  List<LiveThread> candidates() {
    List<LiveThread> all = new ArrayList<>(known);
    all.addAll(alike.threads);
    all.addAll(others.threads);
    return all;
  }

  /** Has the next sample search, for a monitor at which this thread waits among others. */
  void searchFor(LiveThread waiter) {
    wanted = true;
    waiting.add(waiter.origin());
  }

  /** Takes note of who holds one of the monitors: it is asked first next time. */
  void found(LiveThread holder) {
    found.add(holder.id());
  }

  /** Lets go of the threads. */
  void endSample() {
    searching = wanted;
    wanted = false;
    waitingBefore = waiting;
    waiting = new HashSet<>();
    foundBefore = found;
    found = new HashSet<>();
    known = new ArrayList<>();
    alike.endSample();
    others.endSample();
  }
}
