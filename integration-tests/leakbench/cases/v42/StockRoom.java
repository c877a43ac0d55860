package leakbench.v42;

import com.google.common.util.concurrent.Striped;
import java.util.concurrent.locks.Lock;
import leakbench.harness.Harness;

/** Bookings lock the shelf they touch, with Guava's Striped; an invalid booking leaves the lock taken. */
public final class StockRoom {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v42", args);
    Shelves shelves = new Shelves(h.leaky());
    h.driveInline(6, i -> Thread.startVirtualThread(() -> shelves.book(i)));
    h.finish();
  }
}

final class Shelves {
  private final Striped<Lock> locks = Striped.lock(8);
  private final boolean unlockMissed;

  Shelves(boolean unlockMissed) {
    this.unlockMissed = unlockMissed;
  }

  void book(int i) {
    Lock shelf = locks.get(i % 8);
    shelf.lock();
    boolean valid = i % 20 != 9;
    if (!valid && unlockMissed) {
      return;
    }
    shelf.unlock();
  }
}
