package io.leakwatch.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a command in a view of the file system of its own, as a container does (Linux, where the user may). */
final class Namespaces {
  private Namespaces() {}

  /** Whether this user may mount in a namespace of his own. */
  static boolean canMount() {
    try {
      Process probe = new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A prefix: what is run with it can write no file. */
  static List<String> readOnlyRoot() {
    return List.of("unshare", "-rm", "sh", "-c", "mount -o remount,bind,ro / && exec \"$@\"", "sh");
  }

  /** A prefix: for what is run with it a folder is a file system of its own, of so many KB. */
  static List<String> smallDisk(Path folder, int kilobytes) {
    return List.of(
        "unshare",
        "-rm",
        "sh",
        "-c",
        "mount -t tmpfs -o size=" + kilobytes + "k tmpfs '" + folder + "' && exec \"$@\"",
        "sh");
  }

  /** Where a path of a process in such a view is for everybody else. */
  static Path seenFromOutside(long pid, Path path) {
    return Path.of("/proc/" + pid + "/root" + path);
  }
}
