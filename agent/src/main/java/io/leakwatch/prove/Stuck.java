package io.leakwatch.prove;

import java.util.Map;

/**
 * The virtual threads of one dump that nothing can wake, as far as it tells; in a second dump they confirm a proof. A value.
 *
 * @param waitsFor of each, by its number, the id of what it waits for: an object that is at its old address in the second dump is
 *     the same one
 * @param highest the highest number of a virtual thread in the dump; 0 when there is none
 */
public record Stuck(Map<Long, Long> waitsFor, long highest) {
  /** Nothing is known. */
  public static final Stuck NONE = new Stuck(Map.of(), 0);

  public Stuck {
    waitsFor = Map.copyOf(waitsFor);
  }
}
