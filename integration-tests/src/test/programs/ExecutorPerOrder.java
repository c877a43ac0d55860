import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes an executor of virtual threads for each order, five a second, and closes none. For JDK 21 and later. */
public class ExecutorPerOrder {
  private static final List<ExecutorService> ORDERS = new ArrayList<>();
  private static final CountDownLatch DELIVERY = new CountDownLatch(1);

  public static void main(String[] args) throws InterruptedException {
    while (true) {
      take();
      Thread.sleep(200);
    }
  }

  private static void take() {
    ExecutorService order = Executors.newVirtualThreadPerTaskExecutor(); // leak: starts here
    order.submit(() -> {
      DELIVERY.await();
      return "delivered";
    });
    ORDERS.add(order);
  }
}
