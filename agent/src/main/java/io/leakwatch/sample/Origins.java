package io.leakwatch.sample;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the groups of things with the same origin. A group keeps its number as long as each sample finds it.
 *
 * @param <K> what groups are told apart by; its parts are interned
 */
final class Origins<K> {
  private Map<K, Long> numbers = new HashMap<>();
  private Map<K, Long> next = new HashMap<>();
  private long last;

  long number(K key) {
    Long known = next.get(key);
    if (known == null) {
      known = numbers.get(key);
      if (known == null) {
        known = ++last;
      }
      next.put(key, known);
    }
    return known;
  }

  /** Ends a sample: groups that it did not name are forgotten. */
  void endSample() {
    numbers = next;
    next = new HashMap<>();
  }
}
