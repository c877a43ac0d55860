package leakbench.p13;

import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;

/** First tick of a price stream (RxJava 3); the stream itself never ends. */
public final class TickerDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p13", args);
    PriceTicker t = new PriceTicker(!h.leaky());
    h.drive(5, i -> t.firstTick("S" + i));
    h.finish();
  }
}

final class PriceTicker {
  private final boolean dispose;

  PriceTicker(boolean dispose) {
    this.dispose = dispose;
  }

  String firstTick(String symbol) throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    Disposable d = Observable.interval(20, 500, TimeUnit.MILLISECONDS, Schedulers.newThread())
        .map(n -> symbol + "@" + n)
        .subscribe(first::complete, first::completeExceptionally);
    try {
      return first.get(3, TimeUnit.SECONDS);
    } finally {
      if (dispose) {
        d.dispose();
      }
    }
  }
}
