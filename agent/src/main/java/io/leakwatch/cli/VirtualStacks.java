package io.leakwatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the virtual threads of a JVM stand, from the file that the diagnostic command Thread.dump_to_file writes. Two such
 * files tell which have stood at the same place, since JDK 24 also for the same object.
 *
 * @param hashes of each virtual thread, by its number, a number for its stack
 */
record VirtualStacks(Map<Long, Integer> hashes) {
  private static final Pattern HEAD = Pattern.compile("#([0-9]+) \".*\"( virtual)?.*");

  VirtualStacks {
    hashes = Map.copyOf(hashes);
  }

  /** Of a JVM that has no virtual threads. */
  static final VirtualStacks NONE = new VirtualStacks(Map.of());

  static VirtualStacks read(Path file) throws IOException {
    Map<Long, Integer> hashes = new HashMap<>();
    Set<Long> twice = new HashSet<>();
    long current = -1;
    int hash = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher head = line.startsWith("#") ? HEAD.matcher(line) : null;
        if (head != null && head.matches()) {
          current = head.group(2) == null ? -1 : Long.parseLong(head.group(1));
          hash = 1;
          if (current >= 0 && hashes.put(current, hash) != null) {
            // A thread's name may be anything, also such a line.
            twice.add(current);
          }
        } else if (current >= 0 && !line.isEmpty()) {
          hash = 31 * hash + line.hashCode();
          hashes.put(current, hash);
        }
      }
    }
    hashes.keySet().removeAll(twice);
    return new VirtualStacks(hashes);
  }

  /** The threads that stand there as well. */
  Set<Long> sameAs(VirtualStacks later) {
    Set<Long> same = new HashSet<>();
    hashes.forEach((tid, hash) -> {
      if (hash.equals(later.hashes.get(tid))) {
        same.add(tid);
      }
    });
    return same;
  }
}
