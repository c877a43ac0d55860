package com.acme;

import java.io.Console;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Whether somebody is watching. */
final class Terminal {
  private static final int FIRST_JDK_TO_TELL = 22;

  private Terminal() {}

  /** Whether input and output of this JVM are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Before 22, and that is the baseline, null it may be.
  static boolean isThere() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < FIRST_JDK_TO_TELL) {
      return console != null;
    }
    try {
      // From 22 on there may be a console without a terminal.
      return (boolean) MethodHandles.publicLookup()
          .findVirtual(Console.class, "isTerminal", MethodType.methodType(boolean.class))
          .invoke(console);
    } catch (Throwable e) {
      return false;
    }
  }
}
