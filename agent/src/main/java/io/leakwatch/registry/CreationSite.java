package io.leakwatch.registry;

import java.util.List;

/**
 * A place where threads or executors are made. Interned: the same place is the same object. Holds text only, so it keeps
 * no class loader alive.
 */
public final class CreationSite {
  private final List<StackTraceElement> frames;

  CreationSite(List<StackTraceElement> frames) {
    this.frames = List.copyOf(frames);
  }

  /** The stack, innermost frame first, without the agent's own frames; never empty. */
  public List<StackTraceElement> frames() {
    return frames;
  }
}
