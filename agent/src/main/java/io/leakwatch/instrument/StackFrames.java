package io.leakwatch.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is in the local variables and on the stack at some places of a method, which the JVM wants to be told (JVMS 4.7.4). In a
 * class file each tells only how it differs from the one before; here each is whole. Used by one thread.
 *
 * <p>A type is one number: its tag in the lowest byte, and above it the constant or the place that goes with some tags.
 */
final class StackFrames {
  static final int TOP = 0;
  static final int INTEGER = 1;
  static final int FLOAT = 2;
  static final int DOUBLE = 3;
  static final int LONG = 4;
  static final int UNINITIALIZED_THIS = 6;

  private static final int OBJECT = 7;
  private static final int UNINITIALIZED = 8;

  private static final int LAST_SAME = 63;
  private static final int LAST_SAME_WITH_STACK = 127;
  private static final int SAME_WITH_STACK_EXTENDED = 247;
  private static final int FIRST_CHOP = 248;
  private static final int SAME_EXTENDED = 251;
  private static final int FULL = 255;

  private static final int[] EMPTY = {};

  /** One of them. */
  private static final class Frame {
    private final int pc;

    /** The variables' types, a long or a double once. */
    private final int[] locals;

    private final int[] stack;

    Frame(int pc, int[] locals, int[] stack) {
      this.pc = pc;
      this.locals = locals;
      this.stack = stack;
    }
  }

  private final List<Frame> frames = new ArrayList<>();

  /** The type of the objects of a class. */
  static int object(int classConstant) {
    return classConstant << 8 | OBJECT;
  }

  /** How many slots a variable of a type takes. */
  static int slots(int type) {
    return type == LONG || type == DOUBLE ? 2 : 1;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Adds one, wherever it belongs. */
  void add(int pc, int[] locals, int... stack) {
    int at = frames.size();
    while (at > 0 && frames.get(at - 1).pc > pc) {
      at--;
    }
    frames.add(at, new Frame(pc, locals, stack));
  }

  /**
   * Adds those of a method as it was.
   *
   * @param at where their number is, behind the name and the length of the attribute
   * @param entry the variables at the begin of the method
   * @param newPcs where each place is now
   * @param more what is behind the variables of each frame now: puts types there
   */
  void addAll(ClassFile file, int at, int[] entry, int[] newPcs, Variables more) {
    Reader reader = new Reader(file, at + 2, newPcs);
    int[] locals = entry;
    int pc = -1;
    for (int left = file.u2(at); left > 0; left--) {
      int kind = reader.u1();
      int[] stack = EMPTY;
      if (kind <= LAST_SAME) {
        pc += kind + 1;
      } else if (kind <= LAST_SAME_WITH_STACK) {
        pc += kind - LAST_SAME;
        stack = reader.types(1);
      } else if (kind < SAME_WITH_STACK_EXTENDED) {
        throw new IllegalArgumentException("unknown frame " + kind);
      } else {
        pc += reader.u2() + 1;
        if (kind == SAME_WITH_STACK_EXTENDED) {
          stack = reader.types(1);
        } else if (kind >= FIRST_CHOP && kind < SAME_EXTENDED) {
          locals = Arrays.copyOf(locals, locals.length - (SAME_EXTENDED - kind));
        } else if (kind == FULL) {
          locals = reader.types(reader.u2());
          stack = reader.types(reader.u2());
        } else {
          locals = joined(locals, reader.types(kind - SAME_EXTENDED));
        }
      }
      add(newPcs[pc], more.withOurs(locals), stack);
    }
  }

  /** Adds a variable of ours to those of a frame. */
  interface Variables {
    /** The same types, and more. */
    int[] withOurs(int[] locals);
  }

  /** The attribute's content: their number, and each whole. */
  void writeTo(Bytes out) {
    out.u2(frames.size());
    int before = -1;
    for (Frame frame : frames) {
      out.u1(FULL).u2(frame.pc - before - 1);
      before = frame.pc;
      write(frame.locals, out);
      write(frame.stack, out);
    }
  }

  static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static void write(int[] types, Bytes out) {
    // There are hundreds of them: without calls, see Instructions.starts.
    byte[] written = new byte[2 + 3 * types.length];
    written[0] = (byte) (types.length >>> 8);
    written[1] = (byte) types.length;
    int at = 2;
    for (int type : types) {
      byte tag = (byte) type;
      written[at++] = tag;
      if (tag == OBJECT || tag == UNINITIALIZED) {
        written[at++] = (byte) (type >>> 16);
        written[at++] = (byte) (type >>> 8);
      }
    }
    out.all(written, 0, at);
  }

  /** Reads them one after the other. */
  private static final class Reader {
    private final ClassFile file;
    private final int[] newPcs;
    private int at;

    Reader(ClassFile file, int at, int[] newPcs) {
      this.file = file;
      this.at = at;
      this.newPcs = newPcs;
    }

    int u1() {
      return file.u1(at++);
    }

    int u2() {
      at += 2;
      return file.u2(at - 2);
    }

    int[] types(int count) {
      int[] types = new int[count];
      for (int i = 0; i < count; i++) {
        int tag = u1();
        types[i] =
            tag == UNINITIALIZED ? newPcs[u2()] << 8 | tag : tag == OBJECT ? object(u2()) : tag;
      }
      return types;
    }
  }
}
