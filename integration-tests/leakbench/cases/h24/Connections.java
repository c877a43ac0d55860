package leakbench.h24;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import leakbench.harness.Harness;

/** A thread for each connection; 60 clients connect one after the other, talk all the time and stay to the end. */
public final class Connections {
  private static final int CLIENTS = 60;

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h24", args);
    Broker broker = new Broker();
    List<Socket> clients = new ArrayList<>();
    h.driveInline(20, i -> {
      if (clients.size() < CLIENTS * Harness.elapsed() / (0.8 * Harness.seconds())
          && clients.size() < CLIENTS) {
        clients.add(new Socket("127.0.0.1", broker.port()));
      }
      for (int c = i % 4; c < clients.size(); c += 4) {
        clients.get(c).getOutputStream().write('m');
        clients.get(c).getInputStream().read();
      }
    });
    h.finish();
  }
}

final class Broker {
  private final ServerSocket server = new ServerSocket(0, 100);

  Broker() throws IOException {
    Thread acceptor = new Thread(this::accept, "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread reader = new Thread(() -> serve(client), "client-" + client.getPort());
        reader.setDaemon(true);
        reader.start();
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void serve(Socket client) {
    try (client) {
      int message;
      while ((message = client.getInputStream().read()) >= 0) {
        client.getOutputStream().write(message);
      }
    } catch (IOException e) {
      // the client has gone
    }
  }
}
