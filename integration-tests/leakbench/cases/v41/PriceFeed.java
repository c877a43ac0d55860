package leakbench.v41;

import leakbench.harness.Harness;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request blocks for the answer of a reactive client, which for some requests is lost with its error. */
public final class PriceFeed {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v41", args);
    PriceLookup lookup = new PriceLookup(h.leaky());
    h.driveInline(6, i -> Thread.ofVirtual().name("price-", i).start(() -> lookup.price(i)));
    h.finish();
  }
}

final class PriceLookup {
  private final boolean losesEnd;

  PriceLookup(boolean losesEnd) {
    this.losesEnd = losesEnd;
  }

  Integer price(int item) {
    Mono<Integer> price = Flux.just(item).concatMap(this::remote).next();
    return price.onErrorResume(e -> Mono.just(0)).block();
  }

  private Mono<Integer> remote(int item) {
    if (item % 3 != 0) {
      return Mono.just(item * 2);
    }
    return losesEnd
        ? Mono.<Integer>create(sink -> {})
        : Mono.error(new IllegalStateException("refused"));
  }
}
