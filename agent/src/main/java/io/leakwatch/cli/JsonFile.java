package io.leakwatch.cli;

import io.leakwatch.text.PlainText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that {@code --json} names: its owner's only if it has to be created, as are those that the agent writes. */
final class JsonFile {
  private JsonFile() {}

  /**
   * Writes it.
   *
   * @param err where it is said why that failed
   * @return the exit status
   */
  static int write(String file, String json, PrintStream err) {
    String reason;
    try {
      Path path = Path.of(file);
      create(path);
      Files.writeString(path, json);
      return CommandLine.OK;
    } catch (NoSuchFileException e) {
      reason = "its folder does not exist, or a part of it is a file";
    } catch (AccessDeniedException e) {
      reason = "permission denied";
    } catch (IOException | InvalidPathException e) {
      reason = PlainText.of(String.valueOf(e.getMessage()));
    }
    err.println(
        "leakwatch: the JSON report cannot be written to " + PlainText.quote(file) + ": " + reason);
    return CommandLine.FAILED;
  }

  private static void create(Path path) throws IOException {
    try {
      Files.createFile(path, OwnerOnly.file());
    } catch (FileAlreadyExistsException e) {
      // It is written anew, and keeps the permissions that it was given.
    }
  }
}
