package io.leakwatch.registry;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells whether the current thread is initialising a class: what is made then is made for the life of that class, whoever
 * happens to need it first. A look at the stack, so for what is made rarely. Called by hooks, once it was rehearsed: the
 * functions are made beforehand, so that no class is loaded.
 */
final class Initialisers {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private static final Predicate<StackWalker.StackFrame> INITIALISES = new Predicate<>() {
    @Override
    public boolean test(StackWalker.StackFrame frame) {
      return frame.getMethodName().equals("<clinit>");
    }
  };

  private static final Function<Stream<StackWalker.StackFrame>, Boolean> ANY = new Function<>() {
    @Override
    public Boolean apply(Stream<StackWalker.StackFrame> frames) {
      return frames.anyMatch(INITIALISES);
    }
  };

  /** More than the 127 calls behind which the JDK writes a class for a method handle: by one it makes its frames, on newer JDKs. */
  private static final int REHEARSALS = 200;

  private Initialisers() {}

  /** Has all classes loaded that {@link #areRunning} may ever need. */
  static void rehearse() {
    for (int i = 0; i < REHEARSALS; i++) {
      areRunning();
    }
  }

  /** Whether a class initialiser is on the current thread's stack. */
  static boolean areRunning() {
    return WALKER.walk(ANY);
  }
}
