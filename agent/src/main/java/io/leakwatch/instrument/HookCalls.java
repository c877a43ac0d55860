package io.leakwatch.instrument;

import io.leakwatch.instrument.HookPoint.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of hooks at one place of a method. Each may be guarded by a handler that drops what it throws. Used by one thread.
 */
final class HookCalls {
  /** A guarded call is followed by so many bytes, which jump over its handler of one. */
  static final int GOTO_BYTES = 3;

  private static final int LAST_SHORT_SLOT = 0xff;

  private final NewConstants constants;
  private final int keptSlot;
  private final int lastParameterSlot;
  private final Bytes code = new Bytes(32);
  private final List<int[]> guards = new ArrayList<>();

  /**
   * None yet.
   *
   * @param keptSlot the variable for what a hook gives to be kept; -1 when there is none
   * @param lastParameterSlot the variable that the method's last parameter is in
   */
  HookCalls(NewConstants constants, int keptSlot, int lastParameterSlot) {
    this.constants = constants;
    this.keptSlot = keptSlot;
    this.lastParameterSlot = lastParameterSlot;
  }

  Bytes code() {
    return code;
  }

  int length() {
    return code.length();
  }

  /** From where to where the calls are that are guarded. */
  List<int[]> guards() {
    return guards;
  }

  /** So that there is something to keep also when the hook fails. */
  void keepNothing() {
    code.u1(Instructions.ACONST_NULL);
    variable(Instructions.ASTORE, keptSlot);
  }

  void guardedCall(HookPoint point) {
    int start = code.length();
    call(point);
    guards.add(new int[] {start, code.length()});
    code.u1(Instructions.GOTO).u2(GOTO_BYTES + 1);
    code.u1(Instructions.POP);
  }

  void call(HookPoint point) {
    if (point.arguments() == Arguments.RECEIVER_AND_RESULT) {
      // What the method returns stays on the stack, below.
      code.u1(Instructions.DUP);
      variable(Instructions.ALOAD, 0);
      code.u1(Instructions.SWAP);
    } else {
      variable(Instructions.ALOAD, 0);
    }
    // By comparison: a switch would load two classes more before the application starts.
    Arguments arguments = point.arguments();
    if (arguments == Arguments.THREAD_AND_KEPT || arguments == Arguments.RECEIVER_AND_KEPT) {
      variable(Instructions.ALOAD, keptSlot);
    } else if (arguments == Arguments.RECEIVER_AND_FIRST) {
      variable(Instructions.ALOAD, 1);
    } else if (arguments == Arguments.EXECUTOR_AND_FLAG) {
      variable(Instructions.ILOAD, lastParameterSlot);
    } else if (arguments.haveLastParameter()) {
      variable(Instructions.ALOAD, lastParameterSlot);
    }
    code.u1(Instructions.INVOKESTATIC)
        .u2(constants.method(point.hookClass(), point.hook(), point.arguments().hookDescriptor()));
    if (point.keeps()) {
      variable(Instructions.ASTORE, keptSlot);
    }
  }

  /** Throws on what is on the stack. */
  void throwOn() {
    code.u1(Instructions.ATHROW);
  }

  /**
   * Fills up to a multiple of four bytes. Behind a handler there is at least one more: the method may begin with a frame, and two
   * at one place are not allowed.
   */
  HookCalls aligned() {
    if (!guards.isEmpty()) {
      code.u1(Instructions.NOP);
    }
    while (code.length() % 4 != 0) {
      code.u1(Instructions.NOP);
    }
    return this;
  }

  private void variable(int opcode, int slot) {
    if (slot > LAST_SHORT_SLOT) {
      code.u1(Instructions.WIDE).u1(opcode).u2(slot);
    } else {
      code.u1(opcode).u1(slot);
    }
  }
}
