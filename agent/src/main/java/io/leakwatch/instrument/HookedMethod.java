package io.leakwatch.instrument;

import io.leakwatch.instrument.HookPoint.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of one instance method anew, with calls of hooks: at its begin, before each return, and where an exception
 * leaves it. {@code Hooks} catches what listeners throw; the handler around a call is for the stack overflow of the call
 * itself, which must not escape into, for example, the end of a thread.
 *
 * <p>What is put in takes a multiple of four bytes, with {@code nop}s behind: so the operands of a switch, which are aligned to
 * four, stay as long as they are, and no instruction of the method changes its length. Used by one thread, once.
 */
final class HookedMethod implements StackFrames.Variables {
  private static final String THROWABLE = "java/lang/Throwable";

  /** The type of what a hook gives to be kept. */
  private static final String KEPT = "java/lang/Object";

  /** In the attribute {@code Code}, behind its name: the length, the stack, the variables, the length of the code, the code. */
  private static final int LENGTH = 2;

  private static final int MAX_STACK = 6;
  private static final int MAX_LOCALS = 8;
  static final int CODE_LENGTH = 10;
  static final int CODE = 14;

  private static final int LONGEST_CODE = 0xffff;
  private static final int HANDLER_BYTES = 8;
  private static final int LINE_BYTES = 4;
  private static final int VARIABLE_BYTES = 10;

  private final ClassFile file;
  private final NewConstants constants;
  private final int attribute;
  private final List<HookPoint> points;

  /** The variables at the begin of the method, as its own frames have them. */
  private final int[] entry;

  /** The same as our frames have them: in a constructor the object is made, and ours is behind all others. */
  private final int[] ours;

  private final int throwable;
  private final int lastParameterSlot;

  /** Where what a hook gives is kept: behind the method's own variables; -1 when nothing is. */
  private final int keptSlot;

  private final int codeLength;
  private final HookCalls begin;
  private final @Nullable HookCalls beforeReturn;

  /** Where each place of the method's code is now: that of a return, where what comes before it begins. */
  private final int[] newPcs;

  /** Where the returns were, when something comes before them. */
  private final List<Integer> returns = new ArrayList<>();

  /** Where the jumps were, when something comes between them and where they lead. */
  private final List<Integer> jumps = new ArrayList<>();

  /**
   * A method to be written.
   *
   * @param type the constant that is the class
   * @param attribute where its attribute {@code Code} begins
   * @param points what to call
   */
  HookedMethod(
      ClassFile file,
      NewConstants constants,
      int type,
      boolean isConstructor,
      String descriptor,
      int attribute,
      List<HookPoint> points) {
    this.file = file;
    this.constants = constants;
    this.attribute = attribute;
    this.points = points;
    this.throwable = StackFrames.object(constants.classOf(THROWABLE));
    this.keptSlot = HookPoint.anyKeeps(points) ? file.u2(attribute + MAX_LOCALS) : -1;
    Parameters parameters = Parameters.of(descriptor, constants);
    this.lastParameterSlot = parameters.lastSlot();
    int self = StackFrames.object(type);
    this.entry = StackFrames.joined(
        new int[] {isConstructor ? StackFrames.UNINITIALIZED_THIS : self}, parameters.types());
    this.ours = withOurs(StackFrames.joined(new int[] {self}, parameters.types()));
    this.codeLength = file.s4(attribute + CODE_LENGTH);
    this.begin = begin();
    this.beforeReturn = beforeReturn(descriptor.endsWith(")V"));
    this.newPcs = newPcs();
  }

  /** Writes the whole attribute. */
  void writeTo(Bytes out) {
    int attributeStart = out.length();
    out.u2(file.u2(attribute)).u4(0);
    // What is called takes two arguments at the most, on top of whatever is there.
    out.u2(Math.max(file.u2(attribute + MAX_STACK) + 2, 3));
    out.u2(file.u2(attribute + MAX_LOCALS) + (keptSlot >= 0 ? 1 : 0));
    HookCalls atThrow = HookPoint.anyIs(Where.THROW, points) ? atThrow() : null;
    int bodyEnd = newPcs[codeLength];
    int newLength = bodyEnd + (atThrow == null ? 0 : atThrow.length());
    if (newLength > LONGEST_CODE) {
      throw new IllegalArgumentException("the method is too long");
    }
    out.u4(newLength);
    int codeStart = out.length();
    writeCode(out, codeStart);
    if (atThrow != null) {
      out.all(atThrow.code());
    }
    writeHandlers(out, atThrow == null ? -1 : bodyEnd);
    writeAttributes(out, atThrow == null ? -1 : bodyEnd);
    out.setU4(attributeStart + LENGTH, out.length() - attributeStart - MAX_STACK);
  }

  private HookCalls begin() {
    HookCalls calls = new HookCalls(constants, keptSlot, lastParameterSlot);
    if (keptSlot >= 0) {
      calls.keepNothing();
    }
    for (HookPoint point : points) {
      if (point.where() == Where.ENTER) {
        calls.guardedCall(point);
      }
    }
    return calls.aligned();
  }

  private @Nullable HookCalls beforeReturn(boolean returnsNothing) {
    if (!HookPoint.anyIs(Where.RETURN, points)) {
      return null;
    }
    HookCalls calls = new HookCalls(constants, keptSlot, lastParameterSlot);
    for (HookPoint point : points) {
      if (point.where() == Where.RETURN) {
        // With a value on the stack there is no place for a handler; the hooks in use are all in
        // void methods.
        if (returnsNothing) {
          calls.guardedCall(point);
        } else {
          calls.call(point);
        }
      }
    }
    return calls.aligned();
  }

  private HookCalls atThrow() {
    HookCalls calls = new HookCalls(constants, keptSlot, lastParameterSlot);
    for (HookPoint point : points) {
      if (point.where() == Where.THROW) {
        calls.call(point);
      }
    }
    calls.throwOn();
    return calls;
  }

  private int[] newPcs() {
    int[] found = new int[codeLength + 1];
    int shift = begin.length();
    if (beforeReturn == null) {
      // All of it moves as one.
      for (int pc = 0; pc <= codeLength; pc++) {
        found[pc] = pc + shift;
      }
      return found;
    }
    byte[] bytes = file.bytes();
    int code = attribute + CODE;
    for (int pc : Instructions.starts(file, code, codeLength)) {
      found[pc] = pc + shift;
      int opcode = bytes[code + pc] & 0xff;
      // Most are below.
      if (opcode >= Instructions.IFEQ) {
        if (Instructions.isReturn(opcode)) {
          returns.add(pc);
          shift += beforeReturn.length();
        } else if (Instructions.isJump(opcode)) {
          jumps.add(pc);
        }
      }
    }
    found[codeLength] = codeLength + shift;
    return found;
  }

  private void writeCode(Bytes out, int codeStart) {
    int code = attribute + CODE;
    out.all(begin.code());
    HookCalls before = beforeReturn;
    if (before == null) {
      // All of it moves as one.
      out.all(file.bytes(), code, code + codeLength);
      return;
    }
    int written = 0;
    for (int pc : returns) {
      out.all(file.bytes(), code + written, code + pc).all(before.code());
      written = pc;
    }
    out.all(file.bytes(), code + written, code + codeLength);
    for (int pc : jumps) {
      adjustJump(out, codeStart, pc);
    }
  }

  /** The distances of a jump, over whatever was put between. */
  private void adjustJump(Bytes out, int codeStart, int pc) {
    int code = attribute + CODE;
    int opcode = file.u1(code + pc);
    int at = codeStart + newPcs[pc];
    if (Instructions.isShortJump(opcode)) {
      int distance = distance(pc, file.s2(code + pc + 1));
      if (distance != (short) distance) {
        throw new IllegalArgumentException("a jump is too far");
      }
      out.setU2(at + 1, distance);
    } else if (opcode == Instructions.GOTO_W || opcode == Instructions.JSR_W) {
      out.setU4(at + 1, distance(pc, file.s4(code + pc + 1)));
    } else {
      int operands = Instructions.switchOperands(pc);
      int end = pc + Instructions.length(file, code, pc);
      int shift = newPcs[pc] - pc;
      setDistance(out, codeStart + shift, pc, operands);
      boolean isTable = opcode == Instructions.TABLESWITCH;
      for (int i = operands + 12; i < end; i += isTable ? 4 : 8) {
        setDistance(out, codeStart + shift, pc, i);
      }
    }
  }

  private void setDistance(Bytes out, int codeStart, int pc, int operand) {
    out.setU4(codeStart + operand, distance(pc, file.s4(attribute + CODE + operand)));
  }

  private int distance(int pc, int before) {
    return newPcs[pc + before] - newPcs[pc];
  }

  /**
   * The first that fits is taken: so ours around calls come first, and that of whatever leaves the method last.
   *
   * @param atThrow where that is; -1 when there is none
   */
  private void writeHandlers(Bytes out, int atThrow) {
    int table = attribute + CODE + codeLength;
    int own = file.u2(table);
    int countAt = out.length();
    out.u2(0);
    int count = own + writeGuards(out, begin, 0);
    if (beforeReturn != null) {
      for (int at : returns) {
        count += writeGuards(out, beforeReturn, newPcs[at]);
      }
    }
    for (int i = 0; i < own; i++) {
      int handler = table + 2 + HANDLER_BYTES * i;
      out.u2(newPcs[file.u2(handler)])
          .u2(newPcs[file.u2(handler + 2)])
          .u2(newPcs[file.u2(handler + 4)])
          .u2(file.u2(handler + 6));
    }
    if (atThrow >= 0) {
      out.u2(begin.length()).u2(atThrow).u2(atThrow).u2(0);
      count++;
    }
    out.setU2(countAt, count);
  }

  private static int writeGuards(Bytes out, HookCalls calls, int at) {
    for (int[] guard : calls.guards()) {
      out.u2(at + guard[0])
          .u2(at + guard[1])
          .u2(at + guard[1] + HookCalls.GOTO_BYTES)
          .u2(0);
    }
    return calls.guards().size();
  }

  /** Of the attributes of the code, those that the JVM and debuggers use; others name places, and are left out. */
  private void writeAttributes(Bytes out, int atThrow) {
    int at = attribute + CODE + codeLength;
    at += 2 + HANDLER_BYTES * file.u2(at);
    int countAt = out.length();
    out.u2(0);
    int count = 0;
    StackFrames frames = ourFrames(atThrow);
    int left = file.u2(at);
    at += 2;
    for (; left > 0; left--) {
      int name = file.u2(at);
      int length = file.s4(at + 2);
      if (file.isText(name, "StackMapTable")) {
        frames.addAll(file, at + 6, entry, newPcs, this);
      } else if (file.isText(name, "LineNumberTable")) {
        writePlaces(out, at, length, LINE_BYTES);
        count++;
      } else if (file.isText(name, "LocalVariableTable")
          || file.isText(name, "LocalVariableTypeTable")) {
        writePlaces(out, at, length, VARIABLE_BYTES);
        count++;
      }
      at += 6 + length;
    }
    if (!frames.isEmpty()) {
      out.u2(constants.text("StackMapTable"));
      int lengthAt = out.length();
      out.u4(0);
      frames.writeTo(out);
      out.setU4(lengthAt, out.length() - lengthAt - 4);
      count++;
    }
    out.setU2(countAt, count);
  }

  /** Entries that begin with a place and, when they are of variables, go on with how far they reach from there. */
  private void writePlaces(Bytes out, int at, int length, int entryBytes) {
    byte[] table = Arrays.copyOfRange(file.bytes(), at, at + 6 + length);
    // There are hundreds of them: without calls, see Instructions.starts.
    for (int i = 8; i < table.length; i += entryBytes) {
      int pc = (table[i] & 0xff) << 8 | (table[i + 1] & 0xff);
      int now = newPcs[pc];
      table[i] = (byte) (now >>> 8);
      table[i + 1] = (byte) now;
      if (entryBytes == VARIABLE_BYTES) {
        int reach = newPcs[pc + ((table[i + 2] & 0xff) << 8 | (table[i + 3] & 0xff))] - now;
        table[i + 2] = (byte) (reach >>> 8);
        table[i + 3] = (byte) reach;
      }
    }
    out.all(table, 0, table.length);
  }

  private StackFrames ourFrames(int atThrow) {
    StackFrames frames = new StackFrames();
    addFrames(frames, begin, 0);
    if (beforeReturn != null) {
      for (int at : returns) {
        addFrames(frames, beforeReturn, newPcs[at]);
      }
    }
    if (atThrow >= 0) {
      frames.add(atThrow, ours, throwable);
    }
    return frames;
  }

  private void addFrames(StackFrames frames, HookCalls calls, int at) {
    for (int[] guard : calls.guards()) {
      int handler = at + guard[1] + HookCalls.GOTO_BYTES;
      frames.add(handler, ours, throwable);
      frames.add(handler + 1, ours);
    }
  }

  /** The variables of a frame, with ours in its place behind them. */
  @Override
  public int[] withOurs(int[] own) {
    if (keptSlot < 0) {
      return own;
    }
    int slots = 0;
    for (int type : own) {
      slots += StackFrames.slots(type);
    }
    int[] ourOwn = new int[keptSlot - slots + 1];
    Arrays.fill(ourOwn, StackFrames.TOP);
    ourOwn[keptSlot - slots] = StackFrames.object(constants.classOf(KEPT));
    return StackFrames.joined(own, ourOwn);
  }
}
