package io.leakwatch.sample;

import io.leakwatch.registry.MonitorBooks.Monitor;
import io.leakwatch.registry.MonitorBooks.Wait;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells from sample to sample whether one of those who wait at a monitor got it. Not thread-safe. */
final class MonitorQueues {
  /** A wait that is not counted is the same as long as the same thread is found waiting. */
  private record Entry(long thread, long count) {}

  private record Turn(long number, Set<Entry> waits) {}

  private Map<Monitor, Turn> before = new HashMap<>();
  private Map<Monitor, Turn> now = new HashMap<>();
  private long turns;

  /** The turn of this sample: the one of the sample before when all who waited then still do; never 0. */
  long turn(Monitor monitor, Collection<Wait> waits) {
    Set<Entry> entries = waits.stream()
        .map(wait -> new Entry(wait.thread(), wait.entry()))
        .collect(Collectors.toSet());
    Turn last = before.get(monitor);
    long number = last != null && entries.containsAll(last.waits()) ? last.number() : ++turns;
    now.put(monitor, new Turn(number, entries));
    return number;
  }

  /** Forgets the monitors whose turn was not asked for. */
  void endSample() {
    before = now;
    now = new HashMap<>();
  }
}
