package io.leakwatch.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Defines one class woven, beside fake {@code Hooks} that record their calls. What a loader like this defines is verified
 * in full by the JVM.
 */
final class WovenLoader extends ClassLoader {
  static final String HOOKS = "io.leakwatch.bootstrap.Hooks";

  private final Set<HookPoint> woven = new HashSet<>();
  private final Class<?> original;
  private final List<HookPoint> points;

  WovenLoader(Class<?> original, List<HookPoint> points) {
    super(original.getClassLoader());
    this.original = original;
    this.points = points;
  }

  Class<?> wovenClass() throws ClassNotFoundException {
    return loadClass(original.getName());
  }

  Set<HookPoint> woven() {
    return woven;
  }

  static byte[] classFile(Class<?> type) throws IOException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (name.equals(HOOKS)) {
        return define(name, fakeHooks());
      }
      if (name.equals(original.getName())) {
        try {
          return define(name, Weaver.weave(classFile(original), points, woven));
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name, byte[] bytes) {
    return defineClass(name, bytes, 0, bytes.length);
  }

  static byte[] fakeHooks() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17, Opcodes.ACC_PUBLIC, HOOKS.replace('.', '/'), null, "java/lang/Object", null);
    Set<String> descriptors = Arrays.stream(HookPoint.Arguments.values())
        .map(HookPoint.Arguments::hookDescriptor)
        .collect(Collectors.toSet());
    for (String descriptor : descriptors) {
      for (HookPoint.Where where : HookPoint.Where.values()) {
        addHook(writer, where.name(), descriptor);
      }
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void addHook(ClassWriter writer, String name, String descriptor) {
    MethodVisitor hook =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
    hook.visitCode();
    hook.visitLdcInsn(name);
    hook.visitVarInsn(Opcodes.ALOAD, 0);
    boolean keeps = descriptor.endsWith(")Ljava/lang/Object;");
    if (descriptor.endsWith("Ljava/lang/Runnable;)Ljava/lang/Object;")
        || descriptor.endsWith("Ljava/lang/Runnable;)V")
        || descriptor.endsWith(";Ljava/lang/Object;)V")) {
      hook.visitVarInsn(Opcodes.ALOAD, 1);
    } else if (descriptor.endsWith("Z)V")) {
      hook.visitVarInsn(Opcodes.ILOAD, 1);
      hook.visitMethodInsn(
          Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
    } else {
      hook.visitInsn(Opcodes.ACONST_NULL);
    }
    hook.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        "io/leakwatch/instrument/RecordedCalls",
        "call",
        "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;)V",
        false);
    if (keeps) {
      hook.visitLdcInsn("what ENTER gave");
      hook.visitInsn(Opcodes.ARETURN);
    } else {
      hook.visitInsn(Opcodes.RETURN);
    }
    hook.visitMaxs(0, 0);
    hook.visitEnd();
  }
}
