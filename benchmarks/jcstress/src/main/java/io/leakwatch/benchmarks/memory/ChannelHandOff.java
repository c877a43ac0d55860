package io.leakwatch.benchmarks.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** An object is written, then sent through a channel: who receives it sees it whole. */
@JCStressTest
@Outcome(id = Seen.NOT_READY, expect = ACCEPTABLE, desc = "Nothing had been sent yet.")
@Outcome(id = Seen.WRITTEN, expect = ACCEPTABLE, desc = "The order came, and its amount with it.")
@Outcome(id = Seen.STALE, expect = FORBIDDEN, desc = "The order came without its amount.")
@State
public class ChannelHandOff {
  private static final class Order {
    private int amount;
  }

  private final BlockingQueue<Order> channel = new ArrayBlockingQueue<>(1);

  @Actor
  public void send() {
    Order order = new Order();
    order.amount = 1;
    channel.add(order);
  }

  @Actor
  public void receive(L_Result seen) {
    Order order = channel.poll();
    seen.r1 = order == null ? Seen.NOT_READY : Seen.of(order.amount);
  }
}
