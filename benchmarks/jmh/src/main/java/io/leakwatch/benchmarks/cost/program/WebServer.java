package io.leakwatch.benchmarks.cost.program;

import com.acme.VirtualThreads;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server on the loopback interface that answers each request with the same short text. Ends with the JVM. */
enum WebServer {
  TOMCAT {
    @Override
    int start(boolean virtual) throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(Path.of("tomcat").toAbsolutePath().toString());
      Connector connector = new Connector();
      connector.setProperty("address", LOOPBACK);
      connector.setPort(0);
      // Its connections last as long as the measurement: by default they end after 100 requests.
      connector.setProperty("maxKeepAliveRequests", "-1");
      connector.setProperty("keepAliveTimeout", "-1");
      if (virtual) {
        connector.getProtocolHandler().setExecutor(perTask());
      }
      tomcat.setConnector(connector);
      Context context = tomcat.addContext("", Path.of("").toAbsolutePath().toString());
      Tomcat.addServlet(context, "hello", new Hello()).addMapping("/*");
      tomcat.start();
      return connector.getLocalPort();
    }
  },
  JETTY {
    @Override
    int start(boolean virtual) throws Exception {
      QueuedThreadPool pool = new QueuedThreadPool();
      if (virtual) {
        pool.setVirtualThreadsExecutor(perTask());
      }
      Server server = new Server(pool);
      ServerConnector connector = new ServerConnector(server, 1, 1);
      connector.setHost(LOOPBACK);
      // Between two turns it waits for the others'.
      connector.setIdleTimeout(LONG_MILLIS);
      server.addConnector(connector);
      server.setHandler(new HelloHandler());
      server.start();
      return connector.getLocalPort();
    }
  };

  private static final String LOOPBACK = "127.0.0.1";
  private static final long LONG_MILLIS = 3_600_000;
  private static final byte[] TEXT =
      "Hello, world. ".repeat(32).getBytes(StandardCharsets.US_ASCII);

  /**
   * Starts it.
   *
   * @param virtual whether each request has a virtual thread of its own
   * @return its port
   */
  abstract int start(boolean virtual) throws Exception;

  private static ExecutorService perTask() {
    return VirtualThreads.newExecutor().orElseThrow();
  }

  private static final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain");
      response.setContentLength(TEXT.length);
      response.getOutputStream().write(TEXT);
    }
  }

  private static final class HelloHandler extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put("Content-Type", "text/plain");
      response.getHeaders().put("Content-Length", TEXT.length);
      response.write(true, ByteBuffer.wrap(TEXT), callback);
      return true;
    }
  }
}
