package io.leakwatch.registry;

import org.jspecify.annotations.Nullable;

/**
 * The origins that were looked up lately. A look-up touches three cache lines (the class, the slot, the origin) where
 * {@link ClassValue}'s takes eight, which is what hooks cost that meet thousands of classes by turns.
 *
 * <p>A cache and nothing else: what is overwritten, or lost when the table grows, is asked of the {@link ClassValue} again.
 * So hooks read and write it racily, without a fence: what makes an origin usable is in final fields, and one whose class is
 * not seen yet is another class's. The class's identity hash chooses one of the sets, of two slots each.
 *
 * <p>It refers to classes weakly, as origins do. The origins of unloaded classes it forgets at the next census.
 */
final class RecentOrigins {
  /** Slots for hundreds of classes, of 16 KB; and, where these do not suffice, for tens of thousands. */
  static final int FEW = 1 << 12;

  static final int MANY = 1 << 16;

  private @Nullable OriginClass[] slots;
  private int missed;
  private boolean grown;

  RecentOrigins() {
    this(FEW);
  }

  /** For tests: with so many slots at first, a power of two. */
  RecentOrigins(int few) {
    slots = new OriginClass[few];
  }

  /** The origin of a class, if it was looked up lately. Called by hooks. */
  @Nullable
  OriginClass find(Class<?> type) {
    OriginClass[] all = slots;
    int set = System.identityHashCode(type) & (all.length - 2);
    OriginClass origin = all[set];
    if (origin != null && origin.refersTo(type)) {
      return origin;
    }
    origin = all[set + 1];
    return origin != null && origin.refersTo(type) ? origin : null;
  }

  /**
   * Takes in an origin that was not found; the one that was taken in last of its set stays. Grows, once, when many were not
   * found since the last census. Called by hooks.
   */
  void add(Class<?> type, OriginClass origin) {
    OriginClass[] all = slots;
    int set = System.identityHashCode(type) & (all.length - 2);
    all[set + 1] = all[set];
    all[set] = origin;
    if (++missed > all.length / 2 && !grown) {
      // First of all, so that it is tried once where there is no memory for it.
      grown = true;
      slots = new OriginClass[all.length * (MANY / FEW)];
    }
  }

  /** Forgets the origins of unloaded classes. By one thread. */
  void tidy() {
    OriginClass[] all = slots;
    for (int i = 0; i < all.length; i++) {
      OriginClass origin = all[i];
      if (origin != null && origin.refersTo(null)) {
        all[i] = null;
      }
    }
    missed = 0;
  }

  int size() {
    return slots.length;
  }
}
