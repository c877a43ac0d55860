package io.leakwatch.instrument;

import io.leakwatch.instrument.HookPoint.Arguments;
import io.leakwatch.instrument.HookPoint.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes the calls into one instance method. {@code Hooks} catches what listeners throw; the handler around a
 * call is for the stack overflow of the call itself, which must not escape into, for example, the end of a thread.
 */
final class HookedMethod extends MethodVisitor {
  private static final Object[] THROWABLE = {"java/lang/Throwable"};
  private static final Object[] EMPTY = {};

  /** The type of what a hook gives to be kept. */
  private static final String KEPT = "java/lang/Object";

  private final List<HookPoint> points;

  /** The local variables at the begin of the method, as frames tell them: the parameters, and ours behind all others. */
  private final Object[] locals;

  private final int lastParameterSlot;

  /** Where what a hook gives is kept: behind the method's own variables; -1 when nothing is. */
  private final int keptSlot;

  private @Nullable Label bodyStart;

  /**
   * Writes the calls of {@code points} into a method.
   *
   * @param maxLocals the slots that the method's own local variables take
   */
  HookedMethod(
      MethodVisitor next, String owner, String descriptor, int maxLocals, List<HookPoint> points) {
    super(Opcodes.ASM9, next);
    this.points = points;
    this.keptSlot = HookPoint.anyKeeps(points) ? maxLocals : -1;
    Type[] types = Type.getArgumentTypes(descriptor);
    Object[] parameters = new Object[types.length + 1];
    parameters[0] = owner;
    int slot = 1;
    int last = 0;
    for (int i = 0; i < types.length; i++) {
      parameters[i + 1] = frameType(types[i]);
      last = slot;
      slot += types[i].getSize();
    }
    this.lastParameterSlot = last;
    this.locals = withKept(parameters.length, parameters);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (keptSlot >= 0) {
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitVarInsn(Opcodes.ASTORE, keptSlot);
    }
    for (HookPoint point : points) {
      if (point.where() == Where.ENTER) {
        guardedCall(point);
      }
    }
    if (HookPoint.anyIs(Where.THROW, points)) {
      Label start = new Label();
      super.visitLabel(start);
      bodyStart = start;
    }
  }

  @Override
  public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
    Object[] all = withKept(numLocal, local);
    super.visitFrame(type, all.length, all, numStack, stack);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      for (HookPoint point : points) {
        if (point.where() == Where.RETURN) {
          // With a value on the stack there is no place for a handler; the hooks in use are all in
          // void methods.
          if (opcode == Opcodes.RETURN) {
            guardedCall(point);
          } else {
            call(point);
          }
        }
      }
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (bodyStart != null) {
      Label end = new Label();
      super.visitLabel(end);
      super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, THROWABLE);
      for (HookPoint point : points) {
        if (point.where() == Where.THROW) {
          call(point);
        }
      }
      super.visitInsn(Opcodes.ATHROW);
      // Last in the table: the method's own handlers come first.
      super.visitTryCatchBlock(bodyStart, end, end, null);
    }
    super.visitMaxs(maxStack, maxLocals);
  }

  private void guardedCall(HookPoint point) {
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    Label after = new Label();
    super.visitTryCatchBlock(start, end, handler, null);
    super.visitLabel(start);
    call(point);
    super.visitLabel(end);
    super.visitJumpInsn(Opcodes.GOTO, after);
    super.visitLabel(handler);
    super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(after);
    super.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, EMPTY);
    // The method may itself begin with a frame, and two at one place are not allowed.
    super.visitInsn(Opcodes.NOP);
  }

  private void call(HookPoint point) {
    if (point.arguments() == Arguments.RECEIVER_AND_RESULT) {
      // What it returns stays on the stack, below.
      super.visitInsn(Opcodes.DUP);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitInsn(Opcodes.SWAP);
    } else {
      super.visitVarInsn(Opcodes.ALOAD, 0);
    }
    switch (point.arguments()) {
      case THREAD, EXECUTOR, RECEIVER_TO_KEEP, RECEIVER_AND_RESULT -> {}
      case THREAD_AND_KEPT, RECEIVER_AND_KEPT -> super.visitVarInsn(Opcodes.ALOAD, keptSlot);
      case RECEIVER_AND_FIRST -> super.visitVarInsn(Opcodes.ALOAD, 1);
      case EXECUTOR_AND_FLAG -> super.visitVarInsn(Opcodes.ILOAD, lastParameterSlot);
      case THREAD_AND_TASK,
          THREAD_AND_TASK_TO_KEEP,
          TASK_AND_FAILURE,
          THREAD_AND_FAILURE,
          RECEIVER_AND_TASK -> super.visitVarInsn(Opcodes.ALOAD, lastParameterSlot);
    }
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        point.hookClass(),
        point.hook(),
        point.arguments().hookDescriptor(),
        false);
    if (point.keeps()) {
      super.visitVarInsn(Opcodes.ASTORE, keptSlot);
    }
  }

  /** The variables of a frame, with ours in its place behind them. */
  private Object[] withKept(int count, Object[] own) {
    List<Object> all = new ArrayList<>(Arrays.asList(own).subList(0, count));
    if (keptSlot >= 0) {
      int slots = 0;
      for (Object type : all) {
        slots += type == Opcodes.LONG || type == Opcodes.DOUBLE ? 2 : 1;
      }
      all.addAll(Collections.nCopies(keptSlot - slots, Opcodes.TOP));
      all.add(KEPT);
    }
    return all.toArray();
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.LONG -> Opcodes.LONG;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }
}
