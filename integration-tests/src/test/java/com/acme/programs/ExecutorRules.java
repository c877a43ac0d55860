package com.acme.programs;

/** Does all that an agent for tasks could spoil, and prints what it sees; it is the same each time. */
public final class ExecutorRules {
  private ExecutorRules() {}

  public static void main(String[] args) throws InterruptedException {
    ThreadPoolRules.tellAll();
    ForkJoinRules.tellAll();
    OtherExecutorRules.tellAll();
    System.exit(0);
  }
}
