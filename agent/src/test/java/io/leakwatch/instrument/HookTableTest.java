package io.leakwatch.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.bootstrap.Hooks;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table against the class files of the JDK that runs the tests. */
class HookTableTest {
  private static final int JDK = Runtime.version().feature();

  @Test
  void namesOnlyWhatThisJdkHas() throws Exception {
    for (Map.Entry<String, List<HookPoint>> entry : pointsOfThisJdk().entrySet()) {
      Set<HookPoint> woven = new HashSet<>();
      Weaver.weave(jdkClassFile(entry.getKey()), entry.getValue(), woven);

      assertThat(woven).containsExactlyInAnyOrderElementsOf(entry.getValue());
    }
  }

  @Test
  void saysSinceWhenAMethodIsThere() throws Exception {
    for (HookPoint point : HookTable.POINTS) {
      if (point.since() > JDK) {
        try (InputStream in =
            Object.class.getResourceAsStream("/" + point.className() + ".class")) {
          Set<HookPoint> woven = new HashSet<>();
          if (in != null) {
            Weaver.weave(in.readAllBytes(), List.of(point), woven);
          }
          assertThat(woven).as("there already on JDK " + JDK).isEmpty();
        }
      }
    }
  }

  @Test
  void addsNoFieldNoMethodAndChangesNoSignature() throws Exception {
    for (Map.Entry<String, List<HookPoint>> entry : pointsOfThisJdk().entrySet()) {
      byte[] before = jdkClassFile(entry.getKey());
      byte[] after = Weaver.weave(before, entry.getValue(), new HashSet<>());

      assertThat(shape(after)).as(entry.getKey()).isEqualTo(shape(before));
    }
  }

  @Test
  void callsTheHooksOfTheTableAndNoOthers() throws Exception {
    for (Map.Entry<String, List<HookPoint>> entry : pointsOfThisJdk().entrySet()) {
      byte[] after = Weaver.weave(jdkClassFile(entry.getKey()), entry.getValue(), new HashSet<>());
      Map<String, Integer> calls = hookCalls(after);

      assertThat(calls.keySet())
          .as(entry.getKey())
          .isEqualTo(entry.getValue().stream().map(HookPoint::hook).collect(Collectors.toSet()));
    }
  }

  @Test
  void namesHooksThatExistWithThoseArguments() {
    Set<String> hooks = Arrays.stream(Hooks.class.getMethods())
        .map(m -> m.getName() + Type.getMethodDescriptor(m))
        .collect(Collectors.toSet());

    assertThat(HookTable.POINTS)
        .allSatisfy(p -> assertThat(hooks).contains(p.hook() + p.arguments().hookDescriptor()));
  }

  /** A start that is announced must be taken back on every way out by an exception. */
  @Test
  void takesBackEveryStartThatItAnnounces() {
    List<String> announced = describe("threadStarting", HookPoint.Where.ENTER);
    List<String> takenBack = describe("threadStartFailed", HookPoint.Where.THROW);

    assertThat(announced).isNotEmpty().isEqualTo(takenBack);
  }

  private static List<String> describe(String hook, HookPoint.Where where) {
    return HookTable.POINTS.stream()
        .filter(p -> p.hook().equals(hook) && p.where() == where)
        .map(p -> p.describe() + p.descriptor() + p.since())
        .toList();
  }

  private static Map<String, List<HookPoint>> pointsOfThisJdk() {
    return HookTable.POINTS.stream()
        .filter(p -> p.isIn(JDK))
        .collect(Collectors.groupingBy(HookPoint::className));
  }

  private static byte[] jdkClassFile(String internalName) throws Exception {
    try (InputStream in = Object.class.getResourceAsStream("/" + internalName + ".class")) {
      return Objects.requireNonNull(in, internalName).readAllBytes();
    }
  }

  private static List<String> shape(byte[] classFile) {
    List<String> shape = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  @Nullable String signature,
                  @Nullable String superName,
                  String @Nullable [] interfaces) {
                shape.add(version + " " + access + " " + name + " " + signature + " " + superName
                    + " " + Arrays.toString(interfaces));
              }

              @Override
              public @Nullable FieldVisitor visitField(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  @Nullable Object value) {
                shape.add(access + " " + name + " " + descriptor + " " + signature);
                return null;
              }

              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                shape.add(access + " " + name + descriptor + " " + signature + " "
                    + Arrays.toString(exceptions));
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return shape;
  }

  private static Map<String, Integer> hookCalls(byte[] classFile) {
    Map<String, Integer> calls = new TreeMap<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String method, String desc, boolean isInterface) {
                    if (owner.equals("io/leakwatch/bootstrap/Hooks")) {
                      calls.merge(method, 1, Integer::sum);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }
}
