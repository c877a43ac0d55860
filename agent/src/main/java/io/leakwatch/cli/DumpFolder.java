package io.leakwatch.cli;

import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for one heap dump, which only its owner may enter, and which goes with all that is in it: when it is closed, and
 * when this process is told to end. A JVM that is still writing then cannot make the file anew, for its folder is gone.
 */
final class DumpFolder implements AutoCloseable {
  private final Path folder;
  private final PrintStream err;
  private final Thread hook;

  private DumpFolder(Path folder, PrintStream err) {
    this.folder = folder;
    this.err = err;
    this.hook = new Thread(this::delete, "leakwatch-delete-dump");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Makes one in a folder that is there.
   *
   * @param err where it is said when it cannot be deleted in the end
   */
  static DumpFolder in(Path parent, PrintStream err) throws IOException {
    Path made = Files.createTempDirectory(parent, "leakwatch-", OwnerOnly.folder());
    return new DumpFolder(made.toAbsolutePath(), err);
  }

  /** A file in it. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Hands it to the user of that process, when this one runs as another who may do that; nothing happens otherwise. */
  void giveTo(long pid) throws IOException {
    giveTo(pid, folder);
  }

  /** The same with a file in it. */
  void giveTo(long pid, Path file) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    if (Files.exists(process) && !Files.getOwner(process).equals(Files.getOwner(file))) {
      Files.setOwner(file, Files.getOwner(process));
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending: the hook finds nothing any more.
    }
  }

  private synchronized void delete() {
    delete(folder, Files::deleteIfExists, err);
  }

  /** How a file, or an empty folder, is deleted. */
  interface Deletion {
    void delete(Path file) throws IOException;
  }

  /** Deletes a folder with all that is in it, or says that this cannot be done. */
  static void delete(Path folder, Deletion deletion, PrintStream err) {
    String reason = "";
    // Who is writing into it may add a file meanwhile.
    for (int i = 0; i < 3 && Files.exists(folder); i++) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          deletion.delete(file);
        }
      } catch (IOException | UncheckedIOException e) {
        reason = " (" + PlainText.of(String.valueOf(e.getMessage())) + ")";
      }
    }
    if (Files.exists(folder)) {
      err.println("leakwatch: " + PlainText.of(folder.toString())
          + " could not be deleted" + reason
          + "; there may be a heap dump in it: please delete it");
    }
  }
}
