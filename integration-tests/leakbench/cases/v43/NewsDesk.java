package leakbench.v43;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import java.util.concurrent.LinkedBlockingQueue;
import leakbench.harness.Harness;

/** Each visitor subscribes to a Guava event bus; a virtual thread takes the news out of the visitor's queue. */
public final class NewsDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v43", args);
    EventBus bus = new EventBus();
    h.drive(5, i -> {
      Visitor visitor = new Visitor();
      bus.register(visitor);
      bus.post("news " + i);
      Thread.sleep(100);
      bus.unregister(visitor);
      if (!h.leaky()) {
        visitor.leave();
      }
    });
    h.finish();
  }
}

final class Visitor {
  private static final String END = "";

  private final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
  private int read;

  Visitor() {
    Thread.ofVirtual().name("visitor").start(this::readAll);
  }

  @Subscribe
  public void on(String item) {
    news.add(item);
  }

  void leave() {
    news.add(END);
  }

  private void readAll() {
    try {
      while (!news.take().equals(END)) {
        read++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
