package io.leakwatch.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakwatch.instrument.HookPoint.Arguments;
import io.leakwatch.instrument.HookPoint.Where;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Woven classes are defined, verified by the JVM, and run. */
class WeaverTest {
  private static final String OWNER = "io/leakwatch/instrument/Awkward";

  @BeforeEach
  void forgetCalls() {
    RecordedCalls.forget();
  }

  @Test
  void callsOnEnterAndOnReturnOfAMethodThatBeginsWithALoop() throws Exception {
    assertThat(call("loop", "(I)I", 5)).isEqualTo(-1);
    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward", "RETURN Awkward");
  }

  @Test
  void keepsWideParametersWhereTheyAre() throws Exception {
    Object result = call(
        "wide",
        "(JDFZ[ILjava/lang/Runnable;)D",
        Arguments.THREAD_AND_TASK,
        4L,
        2.5,
        1.5f,
        true,
        new int[] {10, 20},
        new Awkward.NamedTask("the task"));

    assertThat(result).isEqualTo(41.0);
    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward the task", "RETURN Awkward the task");
  }

  @Test
  void callsThrowWhenAnExceptionLeavesAMethodWithWideParameters() {
    assertThatThrownBy(() -> call(
            "wide",
            "(JDFZ[ILjava/lang/Runnable;)D",
            Arguments.THREAD_AND_TASK,
            4L,
            2.5,
            1.5f,
            true,
            null,
            new Awkward.NamedTask("the task")))
        .isInstanceOf(NullPointerException.class);
    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward the task", "THROW Awkward the task");
  }

  @Test
  void keepsWhatEnterGaveForTheReturn() throws Exception {
    assertThat(callKeeping(new int[] {10, 20})).isEqualTo(41.0);
    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward the task", "RETURN Awkward what ENTER gave");
  }

  @Test
  void keepsWhatEnterGaveForAnException() {
    assertThatThrownBy(() -> callKeeping(null)).isInstanceOf(NullPointerException.class);
    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward the task", "THROW Awkward what ENTER gave");
  }

  @Test
  void keepsNothingWhereEnterFailed() throws Exception {
    RecordedCalls.thrown = () -> new IllegalStateException("the first hook");
    // Called before a return with a value, a hook is not guarded; here it throws as well.
    assertThatThrownBy(() -> callKeeping(new int[] {1})).isInstanceOf(IllegalStateException.class);
    assertThat(RecordedCalls.all().subList(0, 2))
        .containsExactly("ENTER Awkward the task", "RETURN Awkward");
  }

  /** A method with loops, and variables of two slots. */
  private static @Nullable Object callKeeping(int @Nullable [] e) throws Exception {
    String descriptor = "(JDFZ[ILjava/lang/Runnable;)D";
    WovenLoader loader = new WovenLoader(
        Awkward.class,
        List.of(
            point("wide", descriptor, Where.ENTER, Arguments.THREAD_AND_TASK_TO_KEEP),
            point("wide", descriptor, Where.RETURN, Arguments.THREAD_AND_KEPT),
            point("wide", descriptor, Where.THROW, Arguments.THREAD_AND_KEPT)));
    Object self = loader.wovenClass().getConstructor().newInstance();
    return call(self, "wide", 4L, 2.5, 1.5f, true, e, new Awkward.NamedTask("the task"));
  }

  @Test
  void handsOverTheFirstArgument() throws Exception {
    call(
        "taskFirst",
        "(Ljava/lang/Runnable;JZ)V",
        Arguments.RECEIVER_AND_FIRST,
        new Awkward.NamedTask("the task"),
        4L,
        true);

    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward the task", "RETURN Awkward the task");
  }

  @Test
  void handsOverTheLastArgumentWhereItIsYesOrNo() throws Exception {
    call(
        "taskFirst",
        "(Ljava/lang/Runnable;JZ)V",
        Arguments.EXECUTOR_AND_FLAG,
        new Awkward.NamedTask("the task"),
        4L,
        true);

    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward true", "RETURN Awkward true");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void callsOnceAtWhicheverReturn(int n) throws Exception {
    assertThat(call("manyReturns", "(I)Ljava/lang/String;", n))
        .isEqualTo(List.of("none", "one", "many").get(n));
    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward", "RETURN Awkward");
  }

  @Test
  void throwsOnWhatLeavesTheMethod() {
    assertThatThrownBy(() -> call("manyReturns", "(I)Ljava/lang/String;", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("negative");
    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward", "THROW Awkward");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsAtEveryReturnOfAMethodWithoutAResult(boolean early) throws Exception {
    Object self = make();
    call(self, "noResult", early);

    assertThat(trace(self)).isEqualTo(early ? "made" : "made worked");
    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward", "RETURN Awkward");
  }

  @Test
  void leavesAFinallyBlockToRunOnceOnEitherWay() throws Exception {
    Object self = make("tryFinally", "(Z)I", Arguments.THREAD);
    assertThat(call(self, "tryFinally", false)).isEqualTo(1);
    assertThatThrownBy(() -> call(self, "tryFinally", true)).hasMessage("failed");

    assertThat(trace(self)).isEqualTo("made finally finally");
    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward", "RETURN Awkward", "ENTER Awkward", "THROW Awkward");
  }

  @Test
  void doesNotCallThrowForWhatTheMethodCatchesItself() throws Exception {
    assertThat(call("catches", "()Ljava/lang/String;")).isEqualTo("caught");
    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward", "RETURN Awkward");
  }

  @Test
  void letsGoOfTheMonitorOfASynchronizedMethodThatThrows() throws Exception {
    Object self = make("locked", "(Z)Z", Arguments.THREAD);
    assertThat(call(self, "locked", false)).isEqualTo(true);
    assertThatThrownBy(() -> call(self, "locked", true)).hasMessage("failed");

    assertThat(Thread.holdsLock(self)).isFalse();
  }

  @Test
  void letsGoOfAMonitorInsideOfTheMethod() throws Exception {
    Object self = make("monitor", "(Ljava/lang/Object;Z)J", Arguments.THREAD);
    Object lock = new Object();
    assertThat(call(self, "monitor", lock, false)).isEqualTo(7L);
    assertThatThrownBy(() -> call(self, "monitor", lock, true)).hasMessage("failed");

    assertThat(Thread.holdsLock(lock)).isFalse();
    assertThat(RecordedCalls.all())
        .containsExactly("ENTER Awkward", "RETURN Awkward", "ENTER Awkward", "THROW Awkward");
  }

  @Test
  void callsOnceForAConstructorThatDelegatesToAnother() throws Exception {
    Class<?> type = constructors().wovenClass();
    type.getConstructor().newInstance();

    assertThat(RecordedCalls.all()).hasSize(1).allMatch(c -> c.startsWith("RETURN Awkward "));
  }

  @Test
  void callsOnceForEachObjectWhenAConstructorMakesAnotherBeforeItDelegates() throws Exception {
    Class<?> type = constructors().wovenClass();
    type.getConstructor(String.class).newInstance("text");

    assertThat(RecordedCalls.all()).hasSize(2);
    assertThat(RecordedCalls.all().get(1)).isEqualTo("RETURN Awkward delegated");
  }

  @Test
  void doesNotCallForAConstructorThatThrows() throws Exception {
    Class<?> type = constructors().wovenClass();

    assertThatThrownBy(() -> type.getConstructor(long.class, double.class, Runnable.class)
            .newInstance(-1L, 2.0, new Awkward.NamedTask("none")))
        .hasCause(new IllegalArgumentException("made no 2.0"));
    assertThat(RecordedCalls.all()).isEmpty();
  }

  private enum Thrown {
    STACK_OVERFLOW {
      @Override
      Throwable make() {
        return new StackOverflowError("thrown on purpose");
      }
    },
    OUT_OF_MEMORY {
      @Override
      Throwable make() {
        return new OutOfMemoryError("thrown on purpose");
      }
    },
    CHECKED {
      @Override
      Throwable make() {
        return new IOException("thrown on purpose");
      }
    };

    abstract Throwable make();
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void dropsWhateverTheEnterCallThrows(Thrown thrown) throws Exception {
    WovenLoader loader = new WovenLoader(
        Awkward.class,
        List.of(point("manyReturns", "(I)Ljava/lang/String;", Where.ENTER, Arguments.THREAD)));
    Object self = loader.wovenClass().getConstructor().newInstance();
    RecordedCalls.thrown = thrown::make;

    assertThat(call(self, "manyReturns", 1)).isEqualTo("one");
    assertThat(RecordedCalls.all()).containsExactly("ENTER Awkward");
  }

  @Test
  void saysWhichPointsItFound() throws Exception {
    HookPoint there = point("loop", "(I)I", Where.ENTER, Arguments.THREAD);
    HookPoint otherDescriptor = point("loop", "(J)I", Where.ENTER, Arguments.THREAD);
    HookPoint otherName = point("loops", "(I)I", Where.ENTER, Arguments.THREAD);
    Set<HookPoint> woven = new HashSet<>();

    Weaver.weave(
        WovenLoader.classFile(Awkward.class), List.of(there, otherDescriptor, otherName), woven);

    assertThat(woven).containsExactly(there);
  }

  @Test
  void weavesAClassFileOfAFutureJdkAndKeepsItsVersion() throws Exception {
    byte[] classFile = WovenLoader.classFile(Awkward.class);
    classFile[6] = 0;
    classFile[7] = 99;
    byte[] before = classFile.clone();
    Set<HookPoint> woven = new HashSet<>();

    byte[] result = Weaver.weave(
        classFile, List.of(point("loop", "(I)I", Where.ENTER, Arguments.THREAD)), woven);

    assertThat(woven).hasSize(1);
    assertThat(result[7]).isEqualTo((byte) 99);
    assertThat(classFile).as("the JVM's own array").isEqualTo(before);
  }

  private static WovenLoader constructors() {
    return new WovenLoader(
        Awkward.class,
        List.of(point("<init>", HookPoint.ANY, Where.RETURN, Arguments.THREAD_AND_TASK)));
  }

  private static Object make() throws Exception {
    return make("noResult", "(Z)V", Arguments.THREAD);
  }

  private static Object make(String method, String descriptor, Arguments arguments)
      throws Exception {
    List<HookPoint> points = List.of(
        point(method, descriptor, Where.ENTER, arguments),
        point(method, descriptor, Where.RETURN, arguments),
        point(method, descriptor, Where.THROW, arguments));
    WovenLoader loader = new WovenLoader(Awkward.class, points);
    Object made = loader.wovenClass().getConstructor().newInstance();
    assertThat(loader.woven()).containsExactlyInAnyOrderElementsOf(points);
    return made;
  }

  private static @Nullable Object call(String method, String descriptor, Object... arguments)
      throws Exception {
    return call(method, descriptor, Arguments.THREAD, arguments);
  }

  private static @Nullable Object call(
      String method, String descriptor, Arguments given, @Nullable Object... arguments)
      throws Exception {
    return call(make(method, descriptor, given), method, arguments);
  }

  private static @Nullable Object call(Object self, String method, @Nullable Object... arguments)
      throws Exception {
    Method found = Arrays.stream(self.getClass().getDeclaredMethods())
        .filter(m -> m.getName().equals(method))
        .findFirst()
        .orElseThrow();
    try {
      return found.invoke(self, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static String trace(Object self) throws Exception {
    return Objects.toString(self.getClass().getField("trace").get(self));
  }

  private static HookPoint point(
      String method, String descriptor, Where where, Arguments arguments) {
    return HookPoint.at(OWNER, method, descriptor, where, where.name(), arguments);
  }
}
