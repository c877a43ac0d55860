package io.leakwatch.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstrumenterTest {
  /** A JVM that retransforms by asking the transformers, and may then refuse the result. */
  private static final class FakeJvm {
    private final List<ClassFileTransformer> transformers = new ArrayList<>();
    private final List<String> retransformed = new ArrayList<>();
    private final Consumer<Class<?>> verdict;
    private final byte @Nullable [] classFile;

    FakeJvm(byte @Nullable [] classFile, Consumer<Class<?>> verdict) {
      this.classFile = classFile;
      this.verdict = verdict;
    }

    Instrumentation instrumentation() {
      return (Instrumentation) Proxy.newProxyInstance(
          InstrumenterTest.class.getClassLoader(),
          new Class<?>[] {Instrumentation.class},
          (proxy, method, arguments) -> {
            if (method.getName().equals("addTransformer")) {
              transformers.add((ClassFileTransformer) arguments[0]);
            } else if (method.getName().equals("retransformClasses")) {
              for (Class<?> type : (Class<?>[]) arguments[0]) {
                retransform(type);
              }
            }
            return null;
          });
    }

    private void retransform(Class<?> type) throws Exception {
      retransformed.add(type.getName());
      transform(type.getName().replace('.', '/'), type);
      verdict.accept(type);
    }

    /** What loading does, too. */
    byte @Nullable [] transform(String name, @Nullable Class<?> redefined) throws Exception {
      byte[] bytes = classFile;
      if (bytes == null) {
        try (InputStream in = Object.class.getResourceAsStream("/" + name + ".class")) {
          bytes = Objects.requireNonNull(in).readAllBytes();
        }
      }
      return transformers.get(0).transform(null, null, name, redefined, null, bytes);
    }
  }

  @Test
  void weavesWhatWasLoadedBefore() {
    FakeJvm jvm = new FakeJvm(null, type -> {});
    Instrumenter instrumenter = new Instrumenter(jvm.instrumentation());

    assertThat(instrumenter.install()).isEmpty();
    assertThat(jvm.retransformed).isEmpty();

    instrumenter.weave();
    assertThat(jvm.retransformed)
        .contains("java.lang.Thread", "java.util.Timer")
        .doesNotHaveDuplicates();
    assertThat(instrumenter.deadHooks()).isEmpty();
  }

  @Test
  void weavesAClassWhenItIsLoaded() throws Exception {
    FakeJvm jvm = new FakeJvm(null, type -> {});
    Instrumenter instrumenter = new Instrumenter(jvm.instrumentation());
    instrumenter.install();

    assertThat(jvm.transform("java/util/Timer", null)).isNotNull();

    instrumenter.weave();
    assertThat(instrumenter.deadHooks()).isEmpty();
    assertThat(jvm.retransformed).doesNotContain("java.util.Timer");
  }

  @Test
  void weavesByRetransformationOnlyOnAJdkThatItIsNotTestedOn() {
    FakeJvm jvm = new FakeJvm(null, type -> {});
    Instrumenter instrumenter = new Instrumenter(jvm.instrumentation(), 16);

    assertThat(instrumenter.install()).isEmpty();
    instrumenter.weave();
    assertThat(jvm.retransformed)
        .contains("java.lang.Thread", "java.util.Timer")
        .doesNotHaveDuplicates();
  }

  @Test
  void saysWhichHooksAreDeadWhenTheJvmRefusesTheWovenClass() {
    FakeJvm jvm = new FakeJvm(null, type -> {
      if (type == java.util.Timer.class) {
        throw new VerifyError("thrown on purpose");
      }
    });

    Instrumenter instrumenter = new Instrumenter(jvm.instrumentation());
    instrumenter.install();
    instrumenter.weave();

    assertThat(instrumenter.deadHooks())
        .containsExactly(
            "hook java.util.Timer.<init> is dead on JDK "
                + Runtime.version()
                + ": java.lang.VerifyError: thrown on purpose",
            "hook java.util.Timer.sched is dead on JDK "
                + Runtime.version()
                + ": java.lang.VerifyError: thrown on purpose");
  }

  @Test
  void saysWhichHooksAreDeadWhenAClassCannotBeRead() {
    FakeJvm jvm = new FakeJvm(new byte[10], type -> {});

    Instrumenter instrumenter = new Instrumenter(jvm.instrumentation());
    instrumenter.install();
    instrumenter.weave();

    List<String> dead = instrumenter.deadHooks();

    assertThat(dead)
        .anyMatch(line -> line.startsWith("hook java.lang.Thread.start is dead on JDK "))
        .anyMatch(line -> line.startsWith("hook java.util.Timer.<init> is dead on JDK "))
        .doesNotHaveDuplicates();
  }

  @Test
  void leavesClassesOfTheApplicationAlone() throws Exception {
    FakeJvm jvm = new FakeJvm(null, type -> {});
    new Instrumenter(jvm.instrumentation()).install();

    byte[] woven = jvm.transformers
        .get(0)
        .transform(null, getClass().getClassLoader(), "java/lang/Thread", null, null, new byte[0]);

    assertThat(woven).isNull();
  }
}
