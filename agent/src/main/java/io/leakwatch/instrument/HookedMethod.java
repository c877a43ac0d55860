package io.leakwatch.instrument;

import io.leakwatch.instrument.HookPoint.Where;
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
  private static final String HOOKS = "io/leakwatch/bootstrap/Hooks";
  private static final Object[] THROWABLE = {"java/lang/Throwable"};
  private static final Object[] EMPTY = {};

  private final List<HookPoint> points;
  private final Object[] parameters;
  private final int lastParameterSlot;
  private @Nullable Label bodyStart;

  HookedMethod(MethodVisitor next, String owner, String descriptor, List<HookPoint> points) {
    super(Opcodes.ASM9, next);
    this.points = points;
    Type[] types = Type.getArgumentTypes(descriptor);
    this.parameters = new Object[types.length + 1];
    parameters[0] = owner;
    int slot = 1;
    int last = 0;
    for (int i = 0; i < types.length; i++) {
      parameters[i + 1] = frameType(types[i]);
      last = slot;
      slot += types[i].getSize();
    }
    this.lastParameterSlot = last;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    for (HookPoint point : points) {
      if (point.where() == Where.ENTER) {
        guardedCall(point);
      }
    }
    if (points.stream().anyMatch(p -> p.where() == Where.THROW)) {
      Label start = new Label();
      super.visitLabel(start);
      bodyStart = start;
    }
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
      super.visitFrame(Opcodes.F_NEW, parameters.length, parameters, 1, THROWABLE);
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
    super.visitFrame(Opcodes.F_NEW, parameters.length, parameters, 1, THROWABLE);
    super.visitInsn(Opcodes.POP);
    super.visitLabel(after);
    super.visitFrame(Opcodes.F_NEW, parameters.length, parameters, 0, EMPTY);
    // The method may itself begin with a frame, and two at one place are not allowed.
    super.visitInsn(Opcodes.NOP);
  }

  private void call(HookPoint point) {
    super.visitVarInsn(Opcodes.ALOAD, 0);
    switch (point.arguments()) {
      case THREAD, EXECUTOR -> {}
      case RECEIVER_AND_FIRST -> super.visitVarInsn(Opcodes.ALOAD, 1);
      case EXECUTOR_AND_FLAG -> super.visitVarInsn(Opcodes.ILOAD, lastParameterSlot);
      case THREAD_AND_TASK, TASK_AND_FAILURE, THREAD_AND_FAILURE, RECEIVER_AND_TASK ->
        super.visitVarInsn(Opcodes.ALOAD, lastParameterSlot);
    }
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC, HOOKS, point.hook(), point.arguments().hookDescriptor(), false);
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
