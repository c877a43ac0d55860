package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxTest {
  private static final class Letter extends Inbox.Node {
    private final int sender;
    private final int number;

    Letter(int sender, int number) {
      this.sender = sender;
      this.number = number;
    }
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(new Inbox<>(Letter.class, 10).takeAll()).isEmpty();
  }

  @Test
  void handsOutWhatItGotTheOldestFirstAndOnlyOnce() {
    Inbox<Letter> inbox = new Inbox<>(Letter.class, 10);
    Letter first = new Letter(0, 1);
    Letter second = new Letter(0, 2);
    inbox.offer(first);
    inbox.offer(second);

    assertThat(inbox.takeAll()).containsExactly(first, second);
    assertThat(inbox.takeAll()).isEmpty();
  }

  @Test
  void refusesAndCountsWhatIsBeyondItsCap() {
    Inbox<Letter> inbox = new Inbox<>(Letter.class, 3);
    for (int i = 0; i < 8; i++) {
      inbox.offer(new Letter(0, i));
    }

    assertThat(inbox.refused()).isEqualTo(5);
    assertThat(inbox.takeAll()).extracting(l -> l.number).containsExactly(0, 1, 2);
  }

  @Test
  void hasRoomAgainAfterItWasEmptied() {
    Inbox<Letter> inbox = new Inbox<>(Letter.class, 1);
    inbox.offer(new Letter(0, 1));
    inbox.takeAll();
    inbox.offer(new Letter(0, 2));

    assertThat(inbox.refused()).isZero();
    assertThat(inbox.takeAll()).extracting(l -> l.number).containsExactly(2);
  }

  /** What was handed out must not keep its successors alive. */
  @Test
  void unlinksWhatItHandsOut() throws Exception {
    Inbox<Letter> inbox = new Inbox<>(Letter.class, 10);
    inbox.offer(new Letter(0, 1));
    inbox.offer(new Letter(0, 2));
    var next = Inbox.Node.class.getDeclaredField("next");
    next.setAccessible(true);

    for (Letter letter : inbox.takeAll()) {
      assertThat(next.get(letter)).isNull();
    }
  }

  @Test
  @Timeout(60)
  void losesAndDoublesNothingWhileManyPushAndOneTakes() throws Exception {
    int senders = 4;
    int each = 100_000;
    Inbox<Letter> inbox = new Inbox<>(Letter.class, Integer.MAX_VALUE);
    CyclicBarrier start = new CyclicBarrier(senders + 1);
    AtomicInteger sending = new AtomicInteger(senders);
    List<Thread> threads = new ArrayList<>();
    for (int s = 0; s < senders; s++) {
      int sender = s;
      Thread thread = new Thread(() -> {
        try {
          start.await();
          for (int i = 0; i < each; i++) {
            inbox.offer(new Letter(sender, i));
          }
        } catch (Exception e) {
          throw new AssertionError(e);
        } finally {
          sending.decrementAndGet();
        }
      });
      thread.start();
      threads.add(thread);
    }

    int[] next = new int[senders];
    start.await();
    boolean last;
    do {
      last = sending.get() == 0;
      for (Letter letter : inbox.takeAll()) {
        assertThat(letter.number).isEqualTo(next[letter.sender]++);
      }
    } while (!last);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(next).containsOnly(each);
    assertThat(inbox.refused()).isZero();
  }

  @Test
  @Timeout(60)
  void neverHoldsMoreThanItsCapWhileManyPush() throws Exception {
    int cap = 50;
    Inbox<Letter> inbox = new Inbox<>(Letter.class, cap);
    AtomicInteger sending = new AtomicInteger(3);
    for (int s = 0; s < 3; s++) {
      new Thread(() -> {
            for (int i = 0; i < 50_000; i++) {
              inbox.offer(new Letter(0, i));
            }
            sending.decrementAndGet();
          })
          .start();
    }

    boolean last;
    do {
      last = sending.get() == 0;
      assertThat(inbox.takeAll()).hasSizeLessThanOrEqualTo(cap);
    } while (!last);
  }
}
