package leakbench.p52;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;

/** Documents are converted by a script; now and then it leaves a daemon behind that holds on to its output. */
public final class Converter {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p52", args);
    Conversion conversion = new Conversion(h.leaky());
    ExecutorService requests = Executors.newCachedThreadPool(r -> {
      Thread t = new Thread(r, "convert-request");
      t.setDaemon(true);
      return t;
    });
    h.driveInline(2, i -> requests.execute(() -> conversion.convert(i)));
    h.finish();
  }
}

final class Conversion {
  private final boolean daemonKeepsOutput;

  Conversion(boolean daemonKeepsOutput) {
    this.daemonKeepsOutput = daemonKeepsOutput;
  }

  /** The script has ended at once; its output ends only when the last process that inherited it has ended. */
  void convert(int document) {
    String sleep = " sleep " + 60 * Harness.slower();
    String daemon =
        document % 3 != 0 ? "" : sleep + (daemonKeepsOutput ? " &" : " >/dev/null 2>&1 &");
    CommandLine script = new CommandLine("sh");
    script.addArgument("-c");
    script.addArgument("echo converted;" + daemon, false);
    DefaultExecutor executor = DefaultExecutor.builder().get();
    executor.setStreamHandler(new PumpStreamHandler(new java.io.ByteArrayOutputStream()));
    try {
      executor.execute(script);
    } catch (java.io.IOException e) {
      // answered with 500
    }
  }
}
