package io.leakwatch.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.benchmarks.cost.SafepointLog.Safepoint;
import org.junit.jupiter.api.Test;

class SafepointLogTest {
  @Test
  void theCollectorsSafepointsAreLeftOutOnBothJdks() {
    assertThat(SafepointLog.withoutCollections("""
        [1.026s] Safepoint "GenCollectFull", Time since last: 720514048 ns, Reaching safepoint: 14848 ns, Cleanup: 71548 ns, At safepoint: 24604031 ns, Total: 24690427 ns
        [0.988s] Safepoint "SerialGCCollect", Time since last: 645761767 ns, Reaching safepoint: 15509 ns, At safepoint: 131308167 ns, Leaving safepoint: 14735017 ns, Total: 146058693 ns, Threads: 0 runnable, 12 total
        [1.2s] Safepoint "G1CollectForAllocation", Time since last: 1 ns, Reaching safepoint: 1 ns, At safepoint: 1 ns, Leaving safepoint: 1 ns, Total: 9 ns, Threads: 0 runnable, 12 total
        """)).isEmpty();
  }

  @Test
  void anotherIsThereWithItsTotalTime() {
    assertThat(SafepointLog.withoutCollections("""
        [2.1s] Safepoint "ICBufferFull", Time since last: 10 ns, Reaching safepoint: 5 ns, Cleanup: 5 ns, At safepoint: 10 ns, Total: 1500000 ns
        [2.2s] Safepoint "FindDeadlocks", Time since last: 10 ns, Reaching safepoint: 5 ns, At safepoint: 10 ns, Leaving safepoint: 1 ns, Total: 250000 ns, Threads: 0 runnable, 12 total
        """))
        .containsExactly(new Safepoint("ICBufferFull", 1.5), new Safepoint("FindDeadlocks", 0.25));
  }
}
