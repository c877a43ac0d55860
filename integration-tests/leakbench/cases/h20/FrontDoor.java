package leakbench.h20;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import leakbench.harness.Harness;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A slow spell of the back end makes Jetty's pool grow; the light load after it keeps all those threads in use. */
public final class FrontDoor {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h20", args);
    Server server = new Server(new QueuedThreadPool(80, 4));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        Thread.sleep(slow() ? 2500 : 5);
        Content.Sink.write(response, true, "ok", callback);
        return true;
      }
    });
    server.start();
    String url = "http://127.0.0.1:" + connector.getLocalPort() + "/";
    System.setProperty("leakbench.workers", "40");
    h.drive(20, i -> {
      HttpURLConnection c = (HttpURLConnection) URI.create(url).toURL().openConnection();
      new String(c.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    });
    h.finish();
  }

  private static boolean slow() {
    double share = Harness.elapsed() / Harness.seconds();
    return share > 0.3 && share < 0.6;
  }
}
