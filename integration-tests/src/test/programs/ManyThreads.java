import java.util.concurrent.CountDownLatch;

/** As many threads as the argument says, which wait until a line comes in. */
public class ManyThreads {
  public static void main(String[] args) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      Thread thread = new Thread(() -> {
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      thread.setDaemon(true);
      thread.start();
    }
    System.exit(System.in.read() < 0 ? 1 : 0);
  }
}
