package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is said must be what stands in the stack of a thread that runs the task. */
class EntryMethodsTest {
  private static final String HERE = EntryMethodsTest.class.getName();

  private static class Refresh implements Runnable {
    @Override
    public void run() {}
  }

  private static final class Inherits extends Refresh {}

  private int price = 3;

  @Test
  void aLambdaIsEnteredByTheMethodThatItsBodyBecame() {
    AtomicReference<String> entered = new AtomicReference<>("");
    int captured = price;
    Runnable task = () -> entered.set(outermostFrameBelow(captured));
    task.run();

    assertThat(EntryMethods.of(task.getClass())).isEqualTo(entered.get());
    assertThat(entered.get()).startsWith(HERE + ".lambda$");
  }

  @Test
  void aReferenceToAMethodIsEnteredByThatMethod() {
    Runnable bound = this::refresh;
    Callable<Integer> unbound = EntryMethodsTest::quote;

    assertThat(EntryMethods.of(bound.getClass())).isEqualTo(HERE + ".refresh");
    assertThat(EntryMethods.of(unbound.getClass())).isEqualTo(HERE + ".quote");
  }

  @Test
  void conversionsAreNotTheMethod() {
    List<String> orders = new ArrayList<>();
    Supplier<Integer> boxed = orders::size;
    Supplier<Integer> field = () -> price;

    assertThat(EntryMethods.of(boxed.getClass())).isEqualTo("java.util.List.size");
    assertThat(EntryMethods.of(field.getClass())).startsWith(HERE + ".lambda$");
  }

  @Test
  void aSerializableLambdaIsNoOther() {
    Runnable task = (Runnable & Serializable) () -> {};

    assertThat(EntryMethods.of(task.getClass())).startsWith(HERE + ".lambda$");
  }

  @Test
  void aClassIsEnteredByItsOwnMethodOrTheOneThatItInherits() {
    Runnable anonymous = new Runnable() {
      @Override
      public void run() {}
    };

    assertThat(EntryMethods.of(Refresh.class)).isEqualTo(Refresh.class.getName() + ".run");
    assertThat(EntryMethods.of(Inherits.class)).isEqualTo(Refresh.class.getName() + ".run");
    assertThat(EntryMethods.of(anonymous.getClass()))
        .isEqualTo(anonymous.getClass().getName() + ".run");
  }

  @Test
  void whatIsNoTaskIsEnteredByNothing() {
    assertThat(EntryMethods.of(String.class)).isNull();
  }

  private void refresh() {
    price++;
  }

  private static Integer quote() {
    return 3;
  }

  /** Of the frame that called this method. */
  private static String outermostFrameBelow(int captured) {
    StackTraceElement frame = new Throwable().getStackTrace()[captured > 0 ? 1 : 0];
    return frame.getClassName() + "." + frame.getMethodName();
  }
}
