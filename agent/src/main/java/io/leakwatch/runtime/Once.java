package io.leakwatch.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a thing when it is first asked for, and then no more. Thread-safe: one makes, others wait. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T result = made;
    if (result == null) {
      result = maker.get();
      made = result;
    }
    return result;
  }
}
