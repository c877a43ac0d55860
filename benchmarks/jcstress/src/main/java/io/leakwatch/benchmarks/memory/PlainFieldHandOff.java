package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A broken twin of {@link ChannelHandOff}: a plain field in place of the channel. */
@JCStressTest
@Outcome(id = Seen.NOT_READY, expect = ACCEPTABLE, desc = "Nothing had been sent yet.")
@Outcome(id = Seen.WRITTEN, expect = ACCEPTABLE, desc = "The order came, and its amount with it.")
@Outcome(
    id = Seen.STALE,
    expect = ACCEPTABLE_INTERESTING,
    desc = "The order came without its amount.")
@State
public class PlainFieldHandOff {
  private static final class Order {
    private int amount;
  }

  private @Nullable Order field;

  @Actor
  public void send() {
    Order order = new Order();
    order.amount = 1;
    field = order;
  }

  @Actor
  public void receive(L_Result seen) {
    Order order = field;
    seen.r1 = order == null ? Seen.NOT_READY : Seen.of(order.amount);
  }
}
