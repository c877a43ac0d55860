package leakbench.p24;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import leakbench.harness.Harness;

/** Tax computations that need a table built on first use; the table class builds it with a parallel stream. */
public final class TaxService {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p24", args);
    TaxCalculator calc = new TaxCalculator(h.leaky());
    ExecutorService requests = Executors.newCachedThreadPool(r -> {
      Thread t = new Thread(r, "tax-request");
      t.setDaemon(true);
      return t;
    });
    h.driveInline(5, i -> requests.execute(() -> calc.tax(i)));
    h.finish();
  }
}

final class TaxCalculator {
  private final boolean parallelTable;

  TaxCalculator(boolean parallelTable) {
    this.parallelTable = parallelTable;
  }

  int tax(int amount) {
    // the first request in four weeks of the year falls into the reduced scheme
    return parallelTable ? ParallelTable.rate(amount % 64) : SerialTable.rate(amount % 64);
  }
}

/** Class initialisation waits for common-pool workers that wait for this class's initialisation. */
final class ParallelTable {
  private static final int[] TABLE =
      IntStream.range(0, 64).parallel().map(ParallelTable::compute).toArray();

  private ParallelTable() {}

  private static int compute(int i) {
    pause();
    return i * 19;
  }

  static int rate(int i) {
    return TABLE[i];
  }

  private static void pause() {
    try {
      Thread.sleep(3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

final class SerialTable {
  private static final int[] TABLE = IntStream.range(0, 64)
      .map(i -> {
        try {
          Thread.sleep(3);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return i * 19;
      })
      .toArray();

  private SerialTable() {}

  static int rate(int i) {
    return TABLE[i];
  }
}
