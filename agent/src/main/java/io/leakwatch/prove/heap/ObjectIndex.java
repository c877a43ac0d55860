package io.leakwatch.prove.heap;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where in the file each object is, by its id, which is its address in the heap it was in.
 *
 * <p>Filled in two passes. The first sets one bit for each object in a bitmap of the addresses, in pages of 65,536 possible
 * ones. Between the passes each page counts its bits, so that an object's number in its page is a count of the bits before
 * its own; the second pass notes the place in the file, 4 or 5 bytes, under that number. So an object takes 4 to 5 bytes and 4
 * bits for each possible address (6 % of the heap), whatever the order of the objects in the file; nothing counts all objects
 * in an {@code int}. Not thread-safe.
 */
final class ObjectIndex {
  /** The largest place that 5 bytes hold: files of up to 1 TiB. */
  static final long MAX_POSITION = (1L << 40) - 1;

  static final long ABSENT = -1;

  /** What {@link #mark} says of an object without references. */
  static final long LEAF = -2;

  private static final int PAGE_BITS = IndexPage.BITS;
  private static final int SLOT_MASK = (1 << PAGE_BITS) - 1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final int shift;
  private long[] keys = new long[1 << 10];
  private @Nullable IndexPage[] pages = new IndexPage[1 << 10];
  private int pageCount;
  private long objects;

  /** The page that was used last: objects refer to their neighbours. */
  private long lastKey = -1;

  private @Nullable IndexPage lastPage;

  /**
   * An empty index.
   *
   * @param alignmentBits how many of the lowest bits of every id are 0
   */
  ObjectIndex(int alignmentBits) {
    this.shift = alignmentBits;
  }

  /** First pass: there is such an object. */
  void add(long id) {
    if (pageToFill(id >>> shift).add(slotOf(id))) {
      objects++;
    }
  }

  /** Between the passes. */
  void count() {
    eachPage(IndexPage::count);
  }

  /**
   * Second pass: an object's record starts there.
   *
   * @param leaf whether it has no references
   */
  void locate(long id, long position, boolean leaf) {
    IndexPage page = page(id);
    if (page != null) {
      page.locate(slotOf(id), position, leaf);
    }
  }

  /** How many objects there are. */
  long size() {
    return objects;
  }

  /** Where the object's record starts in the file; {@link #ABSENT} when there is no such object. */
  long position(long id) {
    IndexPage page = page(id);
    return page == null ? ABSENT : page.position(slotOf(id));
  }

  /**
   * Marks an object.
   *
   * @return where its record starts, or {@link #LEAF} if it has no references; {@link #ABSENT} when there is no such object or it was
   *     marked before
   */
  long mark(long id) {
    IndexPage page = page(id);
    return page == null ? ABSENT : page.mark(slotOf(id));
  }

  /** Whether an object is marked. */
  boolean isMarked(long id) {
    IndexPage page = page(id);
    return page != null && page.isMarked(slotOf(id));
  }

  /** Lets {@link #isWatched} say so of an object. */
  void watch(long id) {
    IndexPage page = page(id);
    if (page != null) {
      page.watch(slotOf(id));
    }
  }

  /** Whether {@link #watch} was called for it. */
  boolean isWatched(long id) {
    IndexPage page = page(id);
    return page != null && page.isWatched(slotOf(id));
  }

  /** Takes all marks away. */
  void unmarkAll() {
    eachPage(IndexPage::unmarkAll);
  }

  /** Notes the record from which an object, which must be there, was reached first; costs 4 to 5 bytes an object once it is used. */
  void cameFrom(long id, long position) {
    IndexPage page = page(id);
    if (page != null) {
      page.putOrigin(slotOf(id), position);
    }
  }

  /** What {@link #cameFrom} has noted of an object that is there. */
  long origin(long id) {
    IndexPage page = page(id);
    return page == null ? ABSENT : page.origin(slotOf(id));
  }

  private int slotOf(long id) {
    return (int) (id >>> shift) & SLOT_MASK;
  }

  private void eachPage(Consumer<IndexPage> action) {
    for (IndexPage page : pages) {
      if (page != null) {
        action.accept(page);
      }
    }
  }

  private @Nullable IndexPage page(long id) {
    long key = id >>> shift >>> PAGE_BITS;
    if (key == lastKey) {
      return lastPage;
    }
    IndexPage page = pages[slot(key)];
    lastKey = key;
    lastPage = page;
    return page;
  }

  private IndexPage pageToFill(long address) {
    long key = address >>> PAGE_BITS;
    IndexPage known = lastPage;
    if (key == lastKey && known != null) {
      return known;
    }
    int slot = slot(key);
    IndexPage page = pages[slot];
    if (page == null) {
      if (++pageCount > keys.length / 2) {
        grow();
        slot = slot(key);
      }
      page = new IndexPage();
      keys[slot] = key;
      pages[slot] = page;
    }
    lastKey = key;
    lastPage = page;
    return page;
  }

  /** Where the page of that key is, or would be. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int i = (int) ((key * GOLDEN) >>> 32) & mask;
    while (pages[i] != null && keys[i] != key) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable IndexPage[] oldPages = pages;
    keys = new long[oldKeys.length * 2];
    pages = new IndexPage[oldKeys.length * 2];
    for (int i = 0; i < oldPages.length; i++) {
      if (oldPages[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        pages[slot] = oldPages[i];
      }
    }
  }
}
