package io.leakwatch.registry;

import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of a few operations, within the bounds given, must come out as some sequence of them would have. The
 * inbox holds three, so that refusals are among them.
 */
public class InboxModelCheck {
  private static final class Letter extends Inbox.Node {
    private final int number;

    Letter(int number) {
      this.number = number;
    }
  }

  private final Inbox<Letter> inbox = new Inbox<>(Letter.class, 3);

  @Operation
  public void offer(int number) {
    inbox.offer(new Letter(number));
  }

  @Operation(nonParallelGroup = "the reader")
  public List<Integer> takeAll() {
    return inbox.takeAll().stream().map(letter -> letter.number).toList();
  }

  @Test
  void isLinearizable() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(10)
        .invocationsPerIteration(300)
        .check(getClass());
  }
}
