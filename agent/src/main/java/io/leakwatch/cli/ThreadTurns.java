package io.leakwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often each thread of a process has had a turn on a processor, as Linux counts it: as long as the count stands still and
 * the thread is not waiting for a processor, it has not run. Read from outside; the process does nothing for it.
 *
 * @param turns by the operating system's number of the thread; without those that run or are about to
 */
record ThreadTurns(Map<Long, Long> turns) {
  private static final Pattern STATE = Pattern.compile("^State:\\s+(\\S)", Pattern.MULTILINE);
  private static final Pattern TURNS =
      Pattern.compile("^(?:non)?voluntary_ctxt_switches:\\s+([0-9]+)", Pattern.MULTILINE);

  ThreadTurns {
    turns = Map.copyOf(turns);
  }

  /** Whether this system tells them. */
  static boolean areKnown(long pid) {
    return Files.isReadable(Path.of("/proc", Long.toString(pid), "task"));
  }

  /** Those of the threads that are asked for, as far as they are known. */
  static ThreadTurns read(long pid, Iterable<Long> threads) {
    Map<Long, Long> turns = new HashMap<>();
    for (long thread : threads) {
      try {
        String status = Files.readString(
            Path.of("/proc", Long.toString(pid), "task", Long.toString(thread), "status"));
        Matcher state = STATE.matcher(status);
        Matcher count = TURNS.matcher(status);
        long sum = 0;
        int counts = 0;
        while (count.find()) {
          sum += Long.parseLong(count.group(1));
          counts++;
        }
        if (counts == 2 && state.find() && !state.group(1).equals("R")) {
          turns.put(thread, sum);
        }
      } catch (IOException e) {
        // It has ended, or is in another name space: then nothing is known of it.
      }
    }
    return new ThreadTurns(turns);
  }
}
