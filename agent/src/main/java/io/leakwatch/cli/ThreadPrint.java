package io.leakwatch.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform threads in the answer to the diagnostic command Thread.print, which shows one moment: which thread of the
 * operating system each is, and who holds the monitors at which others are blocked.
 *
 * @param nativeIds of each thread, by the number that Java knows it by, the number of the operating system's
 * @param owners of each thread that is blocked at a monitor, the number of the one that holds it, where that is certain
 */
record ThreadPrint(Map<Long, Long> nativeIds, Map<Long, Long> owners) {
  /** What follows a thread's name; the last on a line, since the name may be anything. */
  private static final Pattern HEAD = Pattern.compile(
      ".*\" #([0-9]+) (?:\\[[0-9]+\\] )?(?:daemon )?prio=.* nid=(0x[0-9a-f]+|[0-9]+)\\b.*");

  private static final Pattern MONITOR = Pattern.compile(
      "\\s+- (locked|waiting to lock|waiting on|waiting to re-lock in wait\\(\\)) <(0x[0-9a-f]+)>.*");

  ThreadPrint {
    nativeIds = Map.copyOf(nativeIds);
    owners = Map.copyOf(owners);
  }

  static ThreadPrint parse(String answer) {
    Map<Long, Long> nativeIds = new HashMap<>();
    Set<Long> twice = new HashSet<>();
    Map<String, List<Long>> holders = new HashMap<>();
    Map<Long, String> blockedAt = new HashMap<>();
    long current = -1;
    Set<String> released = new HashSet<>();
    for (String line : answer.lines().toList()) {
      Matcher head = HEAD.matcher(line);
      Matcher monitor = MONITOR.matcher(line);
      if (head.matches()) {
        current = Long.parseLong(head.group(1));
        released = new HashSet<>();
        if (nativeIds.put(current, number(head.group(2))) != null) {
          twice.add(current);
        }
      } else if (line.isEmpty() || line.startsWith("\"")) {
        // Behind the end of a stack come threads without a number, and what is no thread.
        current = -1;
      } else if (current >= 0 && monitor.matches()) {
        String address = monitor.group(2);
        switch (monitor.group(1)) {
          case "locked" -> {
            // Further out than the wait that has let go of it.
            if (!released.contains(address)) {
              holders.computeIfAbsent(address, k -> new ArrayList<>()).add(current);
            }
          }
          case "waiting on" -> released.add(address);
          default -> {
            released.add(address);
            blockedAt.put(current, address);
          }
        }
      }
    }
    nativeIds.keySet().removeAll(twice);
    return new ThreadPrint(nativeIds, owners(blockedAt, holders));
  }

  private static Map<Long, Long> owners(
      Map<Long, String> blockedAt, Map<String, List<Long>> holders) {
    Map<Long, Long> owners = new HashMap<>();
    blockedAt.forEach((thread, address) -> {
      Set<Long> found = new HashSet<>(holders.getOrDefault(address, List.of()));
      found.remove(thread);
      if (found.size() == 1) {
        owners.put(thread, found.iterator().next());
      }
    });
    return owners;
  }

  private static long number(String text) {
    return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
  }
}
