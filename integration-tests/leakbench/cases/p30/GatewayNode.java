package leakbench.p30;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import leakbench.harness.Harness;
import org.apache.commons.io.monitor.FileAlterationMonitor;
import org.apache.commons.io.monitor.FileAlterationObserver;

/**
 * A thread-per-connection gateway whose number of clients goes up and down (legitimate), and which re-creates a
 * directory monitor (commons-io) on every 10th request (slow leak under heavy noise).
 */
public final class GatewayNode {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p30", args);
    Gateway g = new Gateway();
    RouteFiles routes = new RouteFiles(!h.leaky());
    routes.reload();
    Deque<Socket> clients = new ArrayDeque<>();
    h.driveInline(8, i -> {
      // a slow wave of connected clients: 0..50..0, twice in the run
      double phase = Harness.elapsed() / Math.max(1, Harness.seconds()) * 4 * Math.PI;
      int wanted = (int) (25 - 25 * Math.cos(phase));
      while (clients.size() < wanted) {
        clients.push(new Socket(InetAddress.getLoopbackAddress(), g.port()));
      }
      while (clients.size() > wanted) {
        clients.pop().close();
      }
      if (i % 10 == 9) {
        routes.reload();
      }
    });
    h.finish();
  }
}

final class Gateway {
  private final ServerSocket server;

  Gateway() throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread t = new Thread(this::accept, "gateway-acceptor");
    t.setDaemon(true);
    t.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    int n = 0;
    while (true) {
      try {
        Socket s = server.accept();
        Thread t = new Thread(() -> serve(s), "gateway-conn-" + n++);
        t.setDaemon(true);
        t.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket s) {
    try (s) {
      s.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // client gone
    }
  }
}

final class RouteFiles {
  private final boolean stopOld;
  private FileAlterationMonitor monitor;

  RouteFiles(boolean stopOld) {
    this.stopOld = stopOld;
  }

  void reload() throws Exception {
    if (monitor != null && stopOld) {
      monitor.stop(2000);
    }
    FileAlterationMonitor m = new FileAlterationMonitor(500);
    m.addObserver(new FileAlterationObserver(
        System.getProperty("java.io.tmpdir") + "/leakbench-no-such-dir"));
    m.start();
    monitor = m;
  }
}
