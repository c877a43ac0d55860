import java.util.concurrent.StructuredTaskScope;

/** Does each order, twenty a second, in a scope of its own, as it should be. For JDK 25, where this is a preview. */
public class ScopePerOrder {
  public static void main(String[] args) throws InterruptedException {
    for (int i = 0; i < 160; i++) {
      take();
      Thread.sleep(50);
    }
    System.out.println("160 orders taken");
  }

  private static void take() throws InterruptedException {
    try (var scope = StructuredTaskScope.open()) {
      scope.fork(() -> "goods");
      scope.fork(() -> "invoice");
      scope.join();
    }
  }
}
