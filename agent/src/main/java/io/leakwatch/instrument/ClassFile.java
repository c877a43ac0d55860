package io.leakwatch.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A class file as weaving looks at it: numbers, and where its constants are (JVMS 4.1 and 4.4). The array is the JVM's own, and
 * never changed. Immutable.
 */
final class ClassFile {
  static final int UTF8 = 1;
  static final int CLASS = 7;
  static final int METHOD = 10;
  static final int NAME_AND_TYPE = 12;

  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD_HANDLE = 15;
  private static final int STRING = 8;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  /** Where the constants begin, behind the magic number, the version and their count. */
  static final int CONSTANTS = 10;

  private final byte[] bytes;

  /** Where each constant is; 0 for numbers that none has. */
  private final int[] constants;

  private final int constantsEnd;

  /** Finds the constants. In one loop without calls: each of them would be compiled, which costs more than to interpret this. */
  ClassFile(byte[] bytes) {
    this.bytes = bytes;
    this.constants = new int[u2(CONSTANTS - 2)];
    int at = CONSTANTS;
    for (int i = 1; i < constants.length; i++) {
      constants[i] = at;
      switch (bytes[at]) {
        case UTF8 -> at += 3 + ((bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff));
        case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> at += 3;
        case METHOD_HANDLE -> at += 4;
        case LONG, DOUBLE -> {
          at += 9;
          i++;
        }
        default -> at += 5;
      }
    }
    this.constantsEnd = at;
  }

  byte[] bytes() {
    return bytes;
  }

  /** One more than the highest number of a constant. */
  int constantCount() {
    return constants.length;
  }

  /** Behind the last constant. */
  int constantsEnd() {
    return constantsEnd;
  }

  int u1(int at) {
    return bytes[at] & 0xff;
  }

  /** Two bytes. */
  int u2(int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /** Two bytes with a sign. */
  int s2(int at) {
    return (short) u2(at);
  }

  /** Four bytes. */
  int s4(int at) {
    return u2(at) << 16 | u2(at + 2);
  }

  /**
   * Looks for fields or methods by how long their names are. In loops without calls, as above: there are thousands of them.
   *
   * @param at where their number is
   * @param lengths the lengths, a bit each; of one over 63 the bit of its remainder
   * @return where those begin that may be meant, and last what is behind all of them
   */
  int[] members(int at, long lengths) {
    byte[] b = bytes;
    int left = (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
    int[] found = new int[left + 1];
    int count = 0;
    int next = at + 2;
    for (; left > 0; left--) {
      int name = constants[(b[next + 2] & 0xff) << 8 | (b[next + 3] & 0xff)];
      if ((lengths & 1L << ((b[name + 1] & 0xff) << 8 | (b[name + 2] & 0xff))) != 0) {
        found[count++] = next;
      }
      int attributes = (b[next + 6] & 0xff) << 8 | (b[next + 7] & 0xff);
      next += 8;
      for (; attributes > 0; attributes--) {
        next += 6
            + (b[next + 2] << 24
                | (b[next + 3] & 0xff) << 16
                | (b[next + 4] & 0xff) << 8
                | (b[next + 5] & 0xff));
      }
    }
    found[count++] = next;
    return Arrays.copyOf(found, count);
  }

  /** The text of a constant. */
  String text(int utf8) {
    int at = constants[utf8];
    return new String(bytes, at + 3, u2(at + 1), StandardCharsets.UTF_8);
  }

  /** How many bytes the text of a constant has. */
  int length(int utf8) {
    return u2(constants[utf8] + 1);
  }

  /** Whether a constant is this text, which is in ASCII. */
  boolean isText(int utf8, String text) {
    int length = length(utf8);
    return length == text.length()
        && new String(bytes, constants[utf8] + 3, length, StandardCharsets.ISO_8859_1).equals(text);
  }

  /** The constant that a class's, or one half of a reference's or a name and type's, first or second number refers to. */
  int referred(int constant, int which) {
    return u2(constants[constant] + 1 + 2 * which);
  }

  /** The internal name of the class that a constant is. */
  String className(int constant) {
    return text(referred(constant, 0));
  }
}
