package leakbench.v03;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Long polling on Jetty 12 with virtual threads; clients give up after a moment. */
public final class LongPollServer {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v03", args);
    QueuedThreadPool pool = new QueuedThreadPool(16, 8);
    pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Server server = new Server(pool);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new PollHandler(h.leaky()));
    server.start();
    int port = connector.getLocalPort();
    ScheduledExecutorService impatience = Executors.newScheduledThreadPool(1);
    h.drive(6, i -> {
      Socket s = new Socket("127.0.0.1", port);
      s.getOutputStream()
          .write(("GET /poll?topic=t" + i + " HTTP/1.1\r\nHost: x\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      impatience.schedule(
          () -> {
            s.close();
            return null;
          },
          400,
          TimeUnit.MILLISECONDS);
    });
    h.finish();
  }
}

final class PollHandler extends Handler.Abstract {
  private final ConcurrentHashMap<String, BlockingQueue<String>> topics = new ConcurrentHashMap<>();
  private final boolean forever;

  PollHandler(boolean forever) {
    this.forever = forever;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String topic = Request.getParameters(request).getValue("topic");
    BlockingQueue<String> q = topics.computeIfAbsent(topic, t -> new LinkedBlockingQueue<>());
    String m = forever ? q.take() : q.poll(1500, TimeUnit.MILLISECONDS);
    topics.remove(topic);
    response.write(
        true, ByteBuffer.wrap(String.valueOf(m).getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
