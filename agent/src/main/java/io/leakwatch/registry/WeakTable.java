package io.leakwatch.registry;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An identity map with weak keys that hooks may write to.
 *
 * <p>Protocol. A fixed array of buckets, each the head of an immutable chain of links. <i>Writers</i>: any thread; {@link
 * #putIfAbsent} walks the chain, and where its object is missing puts a link before the head by compare-and-set, after a
 * failure from the start: so an object never has two values. {@link #remove} and {@link #sweep} replace a chain by a copy
 * without some links, by the same compare-and-set on the head, so a link that was put there meanwhile makes them try
 * again and is never lost. Lock-free, not wait-free; nothing parks. <i>Readers</i>: any thread; they see a chain as it was
 * at one moment. ABA is none: links are made anew each time and a head that was replaced never comes back. <i>Bound</i>:
 * no more than a cap of objects; further ones get no value, which is counted.
 *
 * <p>The chain is a stack of R. K. Treiber's (IBM RJ 5118, 1986) for each bucket.
 *
 * @param <V> the values; they must not refer to their objects
 */
final class WeakTable<V> {
  /** As many fit comfortably: a test that makes more threads than this has other problems. */
  static final int CAP = 500_000;

  private static final int BUCKETS = 1 << 12;

  private static final class Entry<V> extends WeakReference<Object> {
    private final V value;

    Entry(Object object, V value) {
      super(object);
      this.value = value;
    }
  }

  private record Link<V>(Entry<V> entry, @Nullable Link<V> next) {}

  /** The head of a chain. */
  private static final class Bucket<V> {
    private static final UnsafeField HEAD = UnsafeField.own(Bucket.class, "head");

    volatile @Nullable Link<V> head;

    boolean compareAndSet(@Nullable Link<V> expected, @Nullable Link<V> value) {
      return HEAD.compareAndSet(this, expected, value);
    }
  }

  private final int cap;
  private final List<Bucket<V>> buckets;
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  WeakTable() {
    this(BUCKETS, CAP);
  }

  /** For tests: {@code buckets} is a power of two. */
  WeakTable(int buckets, int cap) {
    this.buckets = new ArrayList<>(buckets);
    for (int i = 0; i < buckets; i++) {
      this.buckets.add(new Bucket<>());
    }
    this.cap = cap;
  }

  /** The value of an object; {@code null} when it has none. */
  @Nullable
  V find(Object object) {
    return find(bucket(object).head, object);
  }

  /** The value of an object, this one if it had none; {@code null} when there is no room for it. */
  @Nullable
  V putIfAbsent(Object object, V value) {
    Bucket<V> bucket = bucket(object);
    Entry<V> made = null;
    while (true) {
      Link<V> head = bucket.head;
      V known = find(head, object);
      if (known != null) {
        if (made != null) {
          size.getAndDecrement();
        }
        return known;
      }
      if (made == null) {
        if (size.getAndIncrement() >= cap) {
          size.getAndDecrement();
          refused.getAndIncrement();
          return null;
        }
        made = new Entry<>(object, value);
      }
      if (bucket.compareAndSet(head, new Link<>(made, head))) {
        return value;
      }
    }
  }

  /** Forgets an object; returns the value that it had, {@code null} when it had none. */
  @Nullable
  V remove(Object object) {
    Bucket<V> bucket = bucket(object);
    while (true) {
      Link<V> head = bucket.head;
      V known = find(head, object);
      if (known == null) {
        return null;
      }
      Link<V> kept = null;
      for (Link<V> link = head; link != null; link = link.next()) {
        if (!link.entry().refersTo(object)) {
          kept = new Link<>(link.entry(), kept);
        }
      }
      if (bucket.compareAndSet(head, kept)) {
        size.getAndDecrement();
        return known;
      }
    }
  }

  /**
   * Visits the objects that are alive, each held strongly for that time only.
   *
   * @param visitor may remove what it visits
   */
  void forEach(BiConsumer<Object, V> visitor) {
    for (Bucket<V> bucket : buckets) {
      for (Link<V> link = bucket.head; link != null; link = link.next()) {
        Object object = link.entry().get();
        if (object != null) {
          visitor.accept(object, link.entry().value);
        }
      }
    }
  }

  /**
   * Forgets the objects that were collected. One thread at a time.
   *
   * @param gone gets the value of each
   */
  void sweep(Consumer<V> gone) {
    for (Bucket<V> bucket : buckets) {
      while (!sweep(bucket, gone)) {
        // A link was put there, or taken out, meanwhile.
      }
    }
  }

  int size() {
    return size.get();
  }

  /** How often there was no room. */
  long refused() {
    return refused.get();
  }

  private static <V> @Nullable V find(@Nullable Link<V> head, Object object) {
    for (Link<V> link = head; link != null; link = link.next()) {
      if (link.entry().refersTo(object)) {
        return link.entry().value;
      }
    }
    return null;
  }

  private boolean sweep(Bucket<V> bucket, Consumer<V> gone) {
    Link<V> head = bucket.head;
    Link<V> kept = null;
    Link<V> dropped = null;
    for (Link<V> link = head; link != null; link = link.next()) {
      // Asked once: an object that goes in between stays until the next sweep.
      if (link.entry().refersTo(null)) {
        dropped = new Link<>(link.entry(), dropped);
      } else {
        kept = new Link<>(link.entry(), kept);
      }
    }
    if (dropped == null) {
      return true;
    }
    if (!bucket.compareAndSet(head, kept)) {
      return false;
    }
    for (Link<V> link = dropped; link != null; link = link.next()) {
      size.getAndDecrement();
      gone.accept(link.entry().value);
    }
    return true;
  }

  private Bucket<V> bucket(Object object) {
    int hash = System.identityHashCode(object);
    return buckets.get((hash ^ (hash >>> 16)) & (buckets.size() - 1));
  }
}
