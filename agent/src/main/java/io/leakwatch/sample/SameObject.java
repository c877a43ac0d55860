package io.leakwatch.sample;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one object of the application from sample to sample. Weak, so that it keeps nothing alive; by identity, so
 * that none of the application's {@code equals} or {@code hashCode} runs.
 */
final class SameObject extends WeakReference<Object> {
  private final int hash;

  SameObject(Object object) {
    super(object);
    hash = System.identityHashCode(object);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    Object object = get();
    return object != null && other instanceof SameObject same && same.refersTo(object);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
