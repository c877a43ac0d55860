package io.leakwatch.runtime;

import io.leakwatch.registry.AgentThread;
import java.util.ArrayList;
import java.util.List;

/** Proves after weaving that the hooks work: a thread of the agent's own must have been seen starting and ending. */
final class SelfTest {
  private static final long PATIENCE_MILLIS = 5_000;

  private SelfTest() {}

  /** One line for each dead hook; empty when all is well. */
  static List<String> run() throws InterruptedException {
    AgentThread probe = new AgentThread("selftest", () -> {});
    probe.start();
    probe.join(PATIENCE_MILLIS);
    List<String> dead = new ArrayList<>();
    if (!probe.seenStarting()) {
      dead.add(line("java.lang.Thread.start", "started"));
    }
    if (!probe.isAlive() && !probe.seenEnding()) {
      dead.add(line("java.lang.Thread.exit", "ended"));
    }
    return dead;
  }

  private static String line(String method, String event) {
    return "hook "
        + method
        + " is dead on JDK "
        + Runtime.version()
        + ": the agent's own thread "
        + event
        + " unseen; another agent may have rewoven that class. Live threads are still sampled, their creators are not known";
  }
}
