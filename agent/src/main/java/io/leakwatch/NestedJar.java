package io.leakwatch;

import io.leakwatch.AgentJar.UnusableJarException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The jar inside of the agent's jar, with an index beside it. A class is found by its hash and read from its place in the file:
 * no directory of a thousand entries is read, of which each takes the JVM 20 µs at each start, and no more of the file than is
 * needed.
 *
 * <p>The index is a hash table whose size is a power of two. A row has four numbers of four bytes, big-endian: the hash of the
 * key; where the name of the entry is in the jar, 0 in a row without one; where its content is, which is not compressed; how long
 * that is. An entry is in the row of its hash, spread as in {@code HashMap}, or in the first free one behind. The key of a
 * class is the name of the class; of anything else, that of the entry. The build writes it.
 *
 * <p>Keeps the file open for the life of the JVM. Thread-safe.
 */
final class NestedJar {
  static final String JAR = "inst/agent.jar";
  static final String INDEX = "inst/agent.index";

  private static final int ROW = 16;
  private static final int NAME = 4;
  private static final int CONTENT = 8;
  private static final int LENGTH = 12;
  private static final String CLASS = ".class";

  // Of the format of zip files (APPNOTE.TXT, 4.3), without ZIP64 and without a comment.
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int STORED = 0;

  private final RandomAccessFile file;
  private final byte[] index;

  /** Where the jar inside begins in the file. */
  private final long jarStart;

  /**
   * Opens it.
   *
   * @throws UnusableJarException when the file is no jar with another inside, or was packed anew
   * @throws IOException when it cannot be read
   */
  NestedJar(File jar) throws IOException {
    this.file = new RandomAccessFile(jar, "r");
    byte[] end =
        read(Math.max(0, file.length() - END_BYTES), (int) Math.min(file.length(), END_BYTES));
    if (end.length < END_BYTES || little(end, 0, 4) != END_SIGNATURE) {
      throw new UnusableJarException(
          jar + " is no jar, or was changed; use leakwatch.jar as it was built");
    }
    byte[] directory = read(little(end, 16, 4), little(end, 12, 4));
    this.jarStart = start(entry(directory, JAR), directory);
    int indexEntry = entry(directory, INDEX);
    this.index = read(start(indexEntry, directory), little(directory, indexEntry + 24, 4));
  }

  /** Some bytes of the file. */
  static final class Content {
    final byte[] bytes;
    final int start;
    final int length;

    Content(byte[] bytes, int start, int length) {
      this.bytes = bytes;
      this.start = start;
      this.length = length;
    }
  }

  /** What is in a class, or in an entry that is none; {@code null} when there is no such thing. */
  @Nullable
  Content find(String key) throws IOException {
    int hash = key.hashCode();
    int last = index.length / ROW - 1;
    for (int i = hash ^ hash >>> 16; ; i++) {
      int row = ROW * (i & last);
      int found = number(row);
      int name = found == hash || found == 0 ? number(row + NAME) : -1;
      if (name == 0) {
        return null;
      }
      if (found == hash) {
        // From the lengths of the name and of what is between it and the content, which come before
        // it.
        int from = name - 4;
        int content = number(row + CONTENT) - from;
        byte[] bytes = read(jarStart + from, content + number(row + LENGTH));
        if (isNamed(bytes, 4, little(bytes, 0, 2), key)) {
          return new Content(bytes, content, bytes.length - content);
        }
      }
    }
  }

  /** Whether a name is that of a class with that key, or the key itself. */
  private static boolean isNamed(byte[] bytes, int at, int nameBytes, String key) {
    int length = key.length();
    boolean isClass = nameBytes == length + CLASS.length();
    return (isClass || nameBytes == length)
        && new String(bytes, at, length, StandardCharsets.ISO_8859_1)
            .equals(isClass ? key.replace('.', '/') : key);
  }

  private int number(int at) {
    return index[at] << 24
        | (index[at + 1] & 0xff) << 16
        | (index[at + 2] & 0xff) << 8
        | (index[at + 3] & 0xff);
  }

  private byte[] read(long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    synchronized (file) {
      file.seek(from);
      file.readFully(bytes);
    }
    return bytes;
  }

  /** Where an entry of the outer jar is in its directory. */
  private static int entry(byte[] directory, String name) throws IOException {
    int at = 0;
    while (at + ENTRY_BYTES <= directory.length) {
      int nameBytes = little(directory, at + 28, 2);
      if (isNamed(directory, at + ENTRY_BYTES, nameBytes, name)) {
        if (little(directory, at + 10, 2) != STORED) {
          throw new UnusableJarException(
              name + " in the agent's jar is compressed; use leakwatch.jar as it was built");
        }
        return at;
      }
      at += ENTRY_BYTES + nameBytes + little(directory, at + 30, 2) + little(directory, at + 32, 2);
    }
    throw new UnusableJarException(
        "there is no " + name + " in the agent's jar; use leakwatch.jar as it was built");
  }

  /** Where the content of an entry of the outer jar begins in the file. */
  private long start(int entry, byte[] directory) throws IOException {
    long local = little(directory, entry + 42, 4);
    byte[] header = read(local, LOCAL_BYTES);
    return local + LOCAL_BYTES + little(header, 26, 2) + little(header, 28, 2);
  }

  private static int little(byte[] bytes, int at, int count) {
    int number = 0;
    for (int i = count - 1; i >= 0; i--) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
