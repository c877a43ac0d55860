package leakbench.h23;

import leakbench.harness.Harness;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Batches on a bounded elastic Reactor scheduler with a short time to live: up to 40 threads, down, and up again. */
public final class Reindex {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h23", args);
    Scheduler blocking = Schedulers.newBoundedElastic(40, 1000, "reindex", 2, true);
    h.drive(
        0.14,
        i -> Flux.range(0, 40)
            .flatMap(part -> Mono.fromRunnable(() -> index(part)).subscribeOn(blocking), 40)
            .blockLast());
    h.finish();
  }

  private static void index(int part) {
    try {
      Thread.sleep(1000 + 60L * part);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
