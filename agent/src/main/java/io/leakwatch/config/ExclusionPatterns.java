package io.leakwatch.config;

import java.util.List;

/**
 * Which threads and executors are left out. One match is enough.
 *
 * @param name matched against the thread's name
 * @param topFrame matched against {@code class.method} of the innermost frame
 * @param anyFrame matched against {@code class.method} of every frame
 * @param creator matched against {@code class.method} of what made the thread or executor
 */
public record ExclusionPatterns(
    List<NamePattern> name,
    List<NamePattern> topFrame,
    List<NamePattern> anyFrame,
    List<NamePattern> creator) {

  /** Leaves nothing out. */
  public static final ExclusionPatterns NONE =
      new ExclusionPatterns(List.of(), List.of(), List.of(), List.of());

  public ExclusionPatterns {
    name = List.copyOf(name);
    topFrame = List.copyOf(topFrame);
    anyFrame = List.copyOf(anyFrame);
    creator = List.copyOf(creator);
  }
}
