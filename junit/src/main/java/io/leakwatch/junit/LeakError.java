package io.leakwatch.junit;

/** A test has left something behind, or has not where it was meant to. The message is the report. */
public final class LeakError extends AssertionError {
  private static final long serialVersionUID = 1L;

  LeakError(String message) {
    super(message);
    // It would lead into this extension; the lines to look at are in the message.
    setStackTrace(new StackTraceElement[0]);
  }
}
