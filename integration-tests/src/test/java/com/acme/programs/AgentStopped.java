package com.acme.programs;

/**
 * Stops the agent's own thread by {@code Thread.stop} (which JDK 17 still has), as old servers do with threads that they
 * do not know: as many times as its argument says. Its default handler of uncaught exceptions must not hear of it.
 */
public final class AgentStopped {
  private AgentStopped() {}

  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> System.out.println("uncaught in " + thread.getName()));
    System.in.read();
    for (int i = Integer.parseInt(args[0]); i > 0; i--) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("leakwatch-sampler")) {
          Thread.class.getMethod("stop").invoke(thread);
          // Which it must not; for so long each time that it is met at different places.
          thread.join(1 + i % 7);
        }
      }
    }
    System.out.println("stopped");
    while (System.in.read() >= 0) {
      // Until its input ends.
    }
  }
}
