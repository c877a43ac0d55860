package io.leakwatch.registry;

import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one census visited; the threads of other tests among them. */
final class Census {
  record Seen(
      boolean virtual,
      OriginClass origin,
      @Nullable CreationSite site,
      @Nullable ExecutorEntry owner) {
    /** The method of the innermost frame that is not the JDK's. */
    @Nullable
    String creator() {
      return creatorOf(site);
    }
  }

  private final IdentityHashMap<Thread, Seen> threads = new IdentityHashMap<>();

  private Census() {}

  static Census of(Registry registry) {
    Census census = new Census();
    registry.census(live -> {
      Seen before = census.threads.put(
          live.thread(), new Seen(live.virtual(), live.origin(), live.site(), live.owner()));
      if (before != null) {
        throw new AssertionError("visited twice: " + live.thread().getName());
      }
    });
    return census;
  }

  boolean has(Thread thread) {
    return threads.containsKey(thread);
  }

  Seen get(Thread thread) {
    return Objects.requireNonNull(threads.get(thread), () -> "not visited: " + thread.getName());
  }

  /** The entry of an executor; null when it has none. */
  static @Nullable ExecutorEntry entry(Registry registry, Object executor) {
    Object identity = TimerBooks.identity(executor);
    ExecutorEntry found = null;
    for (ExecutorEntry entry : registry.executors().entries()) {
      if (entry.executor() == identity) {
        if (found != null) {
          throw new AssertionError("in the account twice: " + entry.className());
        }
        found = entry;
      }
    }
    return found;
  }

  static @Nullable String creatorOf(@Nullable CreationSite site) {
    if (site == null) {
      return null;
    }
    return site.frames().stream()
        .filter(f -> f.getClassName().startsWith("com.acme."))
        .map(StackTraceElement::getMethodName)
        .findFirst()
        .orElse(null);
  }
}
