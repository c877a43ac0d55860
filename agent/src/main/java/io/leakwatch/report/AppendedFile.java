package io.leakwatch.report;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A file that grows by whole lines. It is opened for each write and closed again, a few times a minute: so it survives
 * that somebody moves or deletes it, that its folder goes and comes back, and that the disk was full for a while.
 *
 * <p>A last line that was cut short, by a full disk or a crash, is ended first. Not thread-safe.
 */
final class AppendedFile implements LineOutput {
  private final File file;
  private final long maxBytes;
  private final int maxFiles;
  private final boolean ownerOnly;

  AppendedFile(File file) {
    this(file, Long.MAX_VALUE, 1, false);
  }

  private AppendedFile(File file, long maxBytes, int maxFiles, boolean ownerOnly) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
    this.ownerOnly = ownerOnly;
  }

  /** The same file, but created so that only its owner can read it, where the file system knows owners. */
  AppendedFile ownerOnly() {
    return new AppendedFile(file, maxBytes, maxFiles, true);
  }

  /**
   * The same file, but never longer than this: what would not fit any more is moved aside to {@code NAME.1}, that to
   * {@code NAME.2} and so on.
   *
   * @param maxBytes the most bytes a file gets, unless a single write has more
   * @param maxFiles the most files there are, the current one included; at least 2
   */
  AppendedFile rolledAt(long maxBytes, int maxFiles) {
    return new AppendedFile(file, maxBytes, maxFiles, ownerOnly);
  }

  @Override
  public void append(byte[] lines) throws IOException {
    try {
      long length = file.length();
      if (length > 0 && length + lines.length > maxBytes) {
        roll();
      }
      if (ownerOnly && file.createNewFile()) {
        hideFromOthers(file);
      }
      boolean cutShort = lastLineIsCutShort();
      try (FileOutputStream out = new FileOutputStream(file, true)) {
        if (cutShort) {
          out.write('\n');
        }
        out.write(lines);
      }
    } catch (IOException e) {
      throw new IOException(reason(e), e);
    }
  }

  /** Some messages of the JDK name the file already, others do not. */
  private String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(file.getPath()) ? message : file + " (" + message + ")";
  }

  private void roll() throws IOException {
    for (int i = maxFiles - 1; i > 0; i--) {
      File from = i == 1 ? file : numbered(i - 1);
      File to = numbered(i);
      // Renaming does not replace a file on every platform: then it is deleted first.
      if (from.exists() && !(from.renameTo(to) || (to.delete() && from.renameTo(to)))) {
        throw new IOException("it is full and cannot be renamed to " + to);
      }
    }
  }

  private File numbered(int number) {
    return new File(file.getPath() + "." + number);
  }

  /**
   * Leaves a new file to its owner, where the file system knows owners. By java.io, as the NIO file system must not be
   * loaded this early in the application's life.
   */
  static void hideFromOthers(File file) {
    // Elsewhere "not writable" is a property of the file, not of a group of users.
    if (File.separatorChar == '/') {
      // A file system without owners refuses; there is nobody to hide the file from then.
      file.setReadable(false, false);
      file.setReadable(true, true);
      file.setWritable(false, false);
      file.setWritable(true, true);
    }
  }

  private boolean lastLineIsCutShort() throws IOException {
    if (!file.isFile() || file.length() == 0 || !file.canRead()) {
      return false;
    }
    try (RandomAccessFile existing = new RandomAccessFile(file, "r")) {
      existing.seek(existing.length() - 1);
      return existing.read() != '\n';
    }
  }
}
