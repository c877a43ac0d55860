package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadPrintTest {
  private static final String HEAD_17 =
      "\"%s\" #%d prio=5 os_prio=0 cpu=0.53ms elapsed=2.08s tid=0x00007f2f3c0c7000 nid=0x%x waiting for"
          + " monitor entry  [0x00007f2f2c7fe000]\n   java.lang.Thread.State: BLOCKED\n";
  private static final String HEAD_25 =
      "\"%s\" #%d [%d] daemon prio=5 os_prio=0 cpu=0.53ms elapsed=2.08s tid=0x00007f2f3c0c7000 nid=%3$d"
          + " waiting on condition  [0x00007f2f2c7fe000]\n   java.lang.Thread.State: WAITING\n";

  @Test
  void readsTheNumbersOfBothForms() {
    ThreadPrint print = ThreadPrint.parse(HEAD_17.formatted("main", 1, 4711)
        + "\n"
        + HEAD_25.formatted("pool-1", 31, 815)
        + "\n\"VM Thread\" os_prio=0 cpu=3.11ms elapsed=2.0s tid=0x00007f nid=99 runnable\n");

    assertThat(print.nativeIds()).containsExactlyInAnyOrderEntriesOf(Map.of(1L, 4711L, 31L, 815L));
  }

  @Test
  void isNotFooledByAName() {
    String fake = "x\" #7 prio=5 os_prio=0 nid=0x1 ";

    assertThat(ThreadPrint.parse(HEAD_17.formatted(fake, 8, 42)).nativeIds())
        .containsExactly(Map.entry(8L, 42L));
    // On a line of its own it is a second thread of that number: then neither counts.
    assertThat(ThreadPrint.parse(
                HEAD_17.formatted("a\n" + fake, 7, 42) + HEAD_17.formatted("b", 7, 43))
            .nativeIds())
        .isEmpty();
  }

  @Test
  void knowsWhoHoldsAMonitorAndWhoHasLetGoOfIt() {
    ThreadPrint print = ThreadPrint.parse(HEAD_17.formatted("holder", 10, 1)
        + "\tat com.acme.A.hold(A.java:1)\n\t- locked <0x0000000100000010> (a java.lang.Object)\n\n"
        + HEAD_17.formatted("waiter", 11, 2)
        + "\tat java.lang.Object.wait(Native Method)\n"
        + "\t- waiting on <0x0000000100000010> (a java.lang.Object)\n"
        + "\tat com.acme.A.await(A.java:1)\n\t- locked <0x0000000100000010> (a java.lang.Object)\n\n"
        + HEAD_17.formatted("blocked", 12, 3)
        + "\tat com.acme.A.enter(A.java:1)\n"
        + "\t- waiting to lock <0x0000000100000010> (a java.lang.Object)\n"
        + "\t- locked <0x0000000100000020> (a java.lang.Object)\n\n");

    assertThat(print.owners()).containsExactly(Map.entry(12L, 10L));
  }

  @Test
  void doesNotGuessWhereTwoSeemToHoldIt() {
    String holder = "\t- locked <0x0000000100000010> (a java.lang.Object)\n\n";
    ThreadPrint print = ThreadPrint.parse(HEAD_17.formatted("one", 10, 1)
        + holder
        + HEAD_17.formatted("other", 11, 2)
        + holder
        + HEAD_17.formatted("blocked", 12, 3)
        + "\t- waiting to lock <0x0000000100000010> (a java.lang.Object)\n");

    assertThat(print.owners()).isEmpty();
  }
}
