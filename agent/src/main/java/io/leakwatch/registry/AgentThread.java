package io.leakwatch.registry;

/**
 * A thread of the agent's own. Always a daemon, always named {@code leakwatch-…} (an unnamed one would shift the
 * application's {@code Thread-N} names), never in the account.
 */
public class AgentThread extends Thread implements Thread.UncaughtExceptionHandler {
  private volatile boolean seenStarting;
  private volatile boolean seenEnding;

  /** A daemon thread named {@code leakwatch-} and {@code role}. */
  public AgentThread(String role, Runnable task) {
    super(rootGroup(), task, "leakwatch-" + role, 0, false);
    setDaemon(true);
    // The thread that happens to start the agent must not lend its class loader for the life of the
    // JVM.
    setContextClassLoader(AgentThread.class.getClassLoader());
    // Applications end the JVM in their handler for all threads, or count what comes there: this is
    // not theirs.
    setUncaughtExceptionHandler(this);
  }

  /** Whether the start hook announced this thread. */
  public boolean seenStarting() {
    return seenStarting;
  }

  /** Whether the exit hook announced this thread. */
  public boolean seenEnding() {
    return seenEnding;
  }

  /** Applications count the threads of their own groups. */
  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  /** Says that it has ended. */
  @Override
  public void uncaughtException(Thread thread, Throwable e) {
    System.err.println("leakwatch: the agent's thread " + thread.getName() + " has ended: " + e);
  }

  void markStarting() {
    seenStarting = true;
  }

  void markEnding() {
    seenEnding = true;
  }
}
