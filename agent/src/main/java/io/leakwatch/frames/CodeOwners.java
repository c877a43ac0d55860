package io.leakwatch.frames;

/**
 * Tells the application's own code from the libraries it uses, so that a reader is shown a line that is theirs to change.
 * Never decides whether something is a leak.
 */
@FunctionalInterface
public interface CodeOwners {
  /** Whether a class, by its name, is the application's; false for a library's and for the JDK's. */
  boolean isApplication(String className);
}
