package com.acme.pool;

/**
 * What is done to one item.
 *
 * @param <T> the item
 * @param <R> what becomes of it
 */
@FunctionalInterface
public interface Work<T, R> {
  /** Does it; may fail with anything, and should end soon when its thread is interrupted. */
  R apply(T item) throws Exception;
}
