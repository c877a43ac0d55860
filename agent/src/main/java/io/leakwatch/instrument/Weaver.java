package io.leakwatch.instrument;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Weaves the calls of some hook points into the bytes of one class. Stateless; adds no field and no method. */
final class Weaver {
  /** The newest class file that the bundled ASM reads. Newer ones differ in nothing that matters here. */
  private static final int NEWEST_READABLE = Opcodes.V25;

  private static final int MAJOR_VERSION_OFFSET = 6;

  private static final int NOT_WOVEN =
      Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC | Opcodes.ACC_BRIDGE;

  private Weaver() {}

  /**
   * Weaves {@code points}, all of them of the class in {@code classFile}, and returns the new bytes. The array is not
   * changed.
   *
   * @param woven gets the points whose method exists in this class
   */
  static byte[] weave(byte[] classFile, List<HookPoint> points, Collection<HookPoint> woven) {
    int version = majorVersion(classFile);
    byte[] readable =
        version > NEWEST_READABLE ? withMajorVersion(classFile, NEWEST_READABLE) : classFile;
    ClassReader reader = new ClassReader(readable);
    Set<String> delegating = delegatingConstructors(reader);
    Map<String, Integer> maxLocals = maxLocalsOfKeeping(reader, points);
    // COMPUTE_MAXS only: frames are written by hand, so no class is ever loaded to compute one.
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          private String owner = "";

          @Override
          public void visit(
              int classVersion,
              int access,
              String name,
              @Nullable String signature,
              @Nullable String superName,
              String @Nullable [] interfaces) {
            owner = name;
            super.visit(classVersion, access, name, signature, superName, interfaces);
          }

          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor method =
                super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean skipped =
                // A bridge calls the method proper, which is woven itself.
                (access & NOT_WOVEN) != 0
                    || (name.equals("<init>") && delegating.contains(descriptor));
            List<HookPoint> mine = skipped ? List.of() : HookPoint.in(name, descriptor, points);
            if (mine.isEmpty()) {
              return method;
            }
            woven.addAll(mine);
            return new HookedMethod(
                method, owner, descriptor, maxLocals.getOrDefault(name + descriptor, 0), mine);
          }
        },
        ClassReader.EXPAND_FRAMES);
    byte[] result = writer.toByteArray();
    return version > NEWEST_READABLE ? withMajorVersion(result, version) : result;
  }

  /** Descriptors of the constructors that begin with {@code this(…)}: hooking those as well would count twice. */
  private static Set<String> delegatingConstructors(ClassReader reader) {
    Set<String> found = new HashSet<>();
    String owner = reader.getClassName();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            if (!name.equals("<init>")) {
              return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {
              private int unfinished;

              @Override
              public void visitTypeInsn(int opcode, String type) {
                if (opcode == Opcodes.NEW && type.equals(owner)) {
                  unfinished++;
                }
              }

              @Override
              public void visitMethodInsn(
                  int opcode, String type, String method, String desc, boolean isInterface) {
                if (opcode == Opcodes.INVOKESPECIAL
                    && method.equals("<init>")
                    && type.equals(owner)
                    && unfinished-- == 0) {
                  found.add(descriptor);
                }
              }
            };
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  /** How many slots the local variables take of each method in which something is kept, by its name and descriptor. */
  private static Map<String, Integer> maxLocalsOfKeeping(
      ClassReader reader, List<HookPoint> points) {
    Map<String, Integer> found = new HashMap<>();
    if (!HookPoint.anyKeeps(points)) {
      return found;
    }
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            if (!HookPoint.anyKeeps(HookPoint.in(name, descriptor, points))) {
              return null;
            }
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitMaxs(int maxStack, int maxLocals) {
                found.put(name + descriptor, maxLocals);
              }
            };
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  private static int majorVersion(byte[] classFile) {
    return (classFile[MAJOR_VERSION_OFFSET] & 0xff) << 8
        | (classFile[MAJOR_VERSION_OFFSET + 1] & 0xff);
  }

  private static byte[] withMajorVersion(byte[] classFile, int version) {
    byte[] copy = classFile.clone();
    copy[MAJOR_VERSION_OFFSET] = (byte) (version >>> 8);
    copy[MAJOR_VERSION_OFFSET + 1] = (byte) version;
    return copy;
  }
}
