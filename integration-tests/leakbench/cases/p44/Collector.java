package leakbench.p44;

import java.io.IOException;
import java.net.Socket;
import java.util.Timer;
import java.util.TimerTask;
import leakbench.harness.Harness;
import leakbench.harness.NioServer;

/** A monitoring agent's connection to its collector: it is lost now and then, and made anew with a ping timer. */
public final class Collector {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p44", args);
    NioServer collector = NioServer.echo();
    Uplink uplink = new Uplink(collector.port(), !h.leaky());
    h.drive(2, i -> uplink.reconnect());
    h.finish();
  }
}

final class Uplink {
  private final int port;
  private final boolean cancel;
  private Socket socket;
  private Timer pings;

  Uplink(int port, boolean cancel) {
    this.port = port;
    this.cancel = cancel;
  }

  synchronized void reconnect() throws IOException {
    if (socket != null) {
      socket.close();
      if (cancel) {
        pings.cancel();
      }
    }
    Socket fresh = new Socket("127.0.0.1", port);
    socket = fresh;
    pings = new Timer(true);
    pings.schedule(
        new TimerTask() {
          @Override
          public void run() {
            ping(fresh);
          }
        },
        200,
        200);
  }

  private static void ping(Socket to) {
    try {
      to.getOutputStream().write('p');
      to.getInputStream().read();
    } catch (IOException e) {
      // lost; whoever notices reconnects
    }
  }
}
