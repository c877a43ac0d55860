package io.leakwatch.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The instructions of the JVM (JVMS 6.5): as much as it takes to go from one to the next. */
final class Instructions {
  static final int NOP = 0;
  static final int ACONST_NULL = 1;
  static final int ILOAD = 21;
  static final int ALOAD = 25;
  static final int ASTORE = 58;
  static final int POP = 87;
  static final int DUP = 89;
  static final int SWAP = 95;
  static final int IINC = 132;
  static final int IFEQ = 153;
  static final int GOTO = 167;
  static final int JSR = 168;
  static final int TABLESWITCH = 170;
  static final int LOOKUPSWITCH = 171;
  static final int IRETURN = 172;
  static final int RETURN = 177;
  static final int INVOKESPECIAL = 183;
  static final int INVOKESTATIC = 184;
  static final int NEW = 187;
  static final int ATHROW = 191;
  static final int WIDE = 196;
  static final int IFNULL = 198;
  static final int IFNONNULL = 199;
  static final int GOTO_W = 200;
  static final int JSR_W = 201;

  /** By opcode, how many bytes one takes, as a digit; 0 where that is not the same for all, or where there is none. */
  private static final byte[] LENGTHS = ("1111111111111111" // nop to dconst
          + "23233" // bipush, sipush, ldc
          + "22222" // iload to aload
          + "1111111111111111111111111111" // iload_0 to saload
          + "22222" // istore to astore
          + "1111111111111111111111111111111111111111111111111111111111111111111111111" // to lxor
          + "3" // iinc
          + "11111111111111111111" // i2l to dcmpg
          + "3333333333333333" // ifeq to jsr
          + "2" // ret
          + "00" // switches
          + "111111" // returns
          + "3333333" // getstatic to invokestatic
          + "55" // invokeinterface, invokedynamic
          + "323" // new, newarray, anewarray
          + "11" // arraylength, athrow
          + "33" // checkcast, instanceof
          + "11" // monitors
          + "0" // wide
          + "4" // multianewarray
          + "33" // ifnull, ifnonnull
          + "55" // goto_w, jsr_w
          + "0".repeat(54))
      .getBytes(StandardCharsets.ISO_8859_1);

  private Instructions() {}

  /**
   * Where the instructions of a method begin in its code. In one loop almost without calls: what is called hundreds of times is
   * compiled, and that costs more than to interpret it.
   *
   * @param code where the method's code begins in the file
   * @param length how many bytes it has
   * @throws IllegalArgumentException when one is unknown
   */
  static int[] starts(ClassFile file, int code, int length) {
    byte[] bytes = file.bytes();
    int[] starts = new int[length];
    int count = 0;
    for (int pc = 0; pc < length; ) {
      starts[count++] = pc;
      int fixed = LENGTHS[bytes[code + pc] & 0xff] - '0';
      pc += fixed > 0 ? fixed : length(file, code, pc);
    }
    return Arrays.copyOf(starts, count);
  }

  /**
   * How many bytes an instruction takes.
   *
   * @param code where the method's code begins in the file
   * @param pc where the instruction begins in the code
   * @throws IllegalArgumentException when it is none
   */
  static int length(ClassFile file, int code, int pc) {
    int opcode = file.u1(code + pc);
    int operands = code + switchOperands(pc);
    return switch (opcode) {
      case TABLESWITCH -> {
        int targets = file.s4(operands + 8) - file.s4(operands + 4) + 1;
        yield operands + 12 + 4 * targets - code - pc;
      }
      case LOOKUPSWITCH -> operands + 8 + 8 * file.s4(operands + 4) - code - pc;
      case WIDE -> file.u1(code + pc + 1) == IINC ? 6 : 4;
      default -> {
        int length = LENGTHS[opcode] - '0';
        if (length == 0) {
          throw new IllegalArgumentException("unknown instruction " + opcode);
        }
        yield length;
      }
    };
  }

  /** Where the operands of a switch begin that begins at {@code pc}: at a multiple of four. */
  static int switchOperands(int pc) {
    return (pc + 4) & ~3;
  }

  static boolean isReturn(int opcode) {
    return opcode >= IRETURN && opcode <= RETURN;
  }

  /** Whether it names other places of the code: a jump or a switch. */
  static boolean isJump(int opcode) {
    return isShortJump(opcode)
        || opcode == TABLESWITCH
        || opcode == LOOKUPSWITCH
        || opcode == GOTO_W
        || opcode == JSR_W;
  }

  /** Whether it is a jump whose distance takes two bytes. */
  static boolean isShortJump(int opcode) {
    return (opcode >= IFEQ && opcode <= JSR) || opcode == IFNULL || opcode == IFNONNULL;
  }
}
