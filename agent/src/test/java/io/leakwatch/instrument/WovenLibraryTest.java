package io.leakwatch.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.instrument.HookPoint.Arguments;
import io.leakwatch.instrument.HookPoint.Where;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every method of a whole library is woven at once, at its begin, its returns and where exceptions leave it: switches, jumps far
 * and near, frames and handlers of each sort, as javac writes them. The JVM verifies each class, and the library works as before.
 */
class WovenLibraryTest {
  private static final String LIBRARY = "com.fasterxml.jackson.";
  private static final int FEWEST_CLASSES = 500;
  private static final int FEWEST_METHODS = 5_000;

  @BeforeEach
  void forgetCalls() {
    RecordedCalls.forget();
  }

  @Test
  void aWovenLibraryIsVerifiedAndWorksAsBefore() throws Exception {
    Loader loader = new Loader();
    Set<String> names = classesOfLibrary();
    assertThat(names).hasSizeGreaterThan(FEWEST_CLASSES);
    for (String name : names) {
      // The JVM verifies a class before it initialises it.
      Class.forName(name, true, loader);
    }
    assertThat(loader.woven).isGreaterThan(FEWEST_METHODS);

    Class<?> mapper = loader.loadClass(LIBRARY + "databind.ObjectMapper");
    Object made = mapper.getConstructor().newInstance();
    Method read = mapper.getMethod("readValue", String.class, Class.class);
    Method write = mapper.getMethod("writeValueAsString", Object.class);
    String text =
        "{\"a\":[1,2.5,true,null,\"x\\u00e9\"],\"b\":{\"c\":-9007199254740993,\"d\":\"\"}}";
    Object value = read.invoke(made, text, Map.class);

    assertThat(write.invoke(made, value)).isEqualTo(text.replace("\\u00e9", "é"));
    assertThat(RecordedCalls.all()).contains("ENTER ObjectMapper", "RETURN ObjectMapper");
  }

  private static Set<String> classesOfLibrary() throws Exception {
    Set<String> names = new HashSet<>();
    for (String type : List.of("databind.ObjectMapper", "core.JsonFactory")) {
      File jar = new File(Class.forName(LIBRARY + type)
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI());
      try (JarFile file = new JarFile(jar);
          Stream<JarEntry> entries = file.stream()) {
        entries
            .map(JarEntry::getName)
            .filter(name -> name.startsWith("com/") && name.endsWith(".class"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .forEach(names::add);
      }
    }
    return names;
  }

  /** Weaves whatever it loads of the library. */
  private static final class Loader extends ClassLoader {
    private int woven;

    Loader() {
      super(WovenLibraryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        if (name.equals(WovenLoader.HOOKS)) {
          byte[] hooks = WovenLoader.fakeHooks();
          return defineClass(name, hooks, 0, hooks.length);
        }
        if (!name.startsWith(LIBRARY)) {
          return super.loadClass(name, resolve);
        }
        try {
          byte[] bytes = woven(name);
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }

    private byte[] woven(String name) throws IOException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = Objects.requireNonNull(getResourceAsStream(file), file)) {
        byte[] bytes = in.readAllBytes();
        List<HookPoint> points = pointsOf(name.replace('.', '/'), bytes);
        Set<HookPoint> found = new HashSet<>();
        byte[] result = Weaver.weave(bytes, points, found);
        woven += found.size();
        return result;
      }
    }

    private static List<HookPoint> pointsOf(String className, byte[] classFile) {
      List<HookPoint> points = new ArrayList<>();
      new ClassReader(classFile)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                  if (name.equals("<init>")) {
                    points.add(HookPoint.at(
                        className, name, descriptor, Where.RETURN, "RETURN", Arguments.EXECUTOR));
                  } else if (!name.equals("<clinit>")) {
                    points.addAll(around(className, name, descriptor));
                  }
                  return null;
                }
              },
              ClassReader.SKIP_CODE);
      return points;
    }

    /** Of one half of the methods what the first call gives is kept. */
    private static List<HookPoint> around(String className, String name, String descriptor) {
      boolean keeps = name.hashCode() % 2 == 0;
      Arguments begin = keeps ? Arguments.RECEIVER_TO_KEEP : Arguments.EXECUTOR;
      Arguments end = keeps ? Arguments.RECEIVER_AND_KEPT : Arguments.EXECUTOR;
      return Arrays.stream(Where.values())
          .map(where -> HookPoint.at(
              className, name, descriptor, where, where.name(), where == Where.ENTER ? begin : end))
          .toList();
    }
  }
}
