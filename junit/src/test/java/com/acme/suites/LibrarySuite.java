package com.acme.suites;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leakwatch.junit.NoLeaks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Three libraries as they are used, each closed and not closed. */
@NoLeaks
class LibrarySuite {
  private static final byte[] ANSWER = "42".getBytes(UTF_8);
  private static CountDownLatch ran = new CountDownLatch(1);
  private static HttpServer server = serve();

  private static HttpServer serve() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext("/", exchange -> {
        exchange.sendResponseHeaders(200, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
      });
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void open() {
    server = serve();
    server.start();
  }

  @AfterAll
  static void close() {
    server.stop(0);
  }

  @Test
  void httpClientClosed() throws Exception {
    OkHttpClient client = new OkHttpClient();
    assertEquals("42", ask(client));
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @Test
  void httpClientNotClosed() throws Exception {
    assertEquals("42", ask(new OkHttpClient()));
  }

  @Test
  void connectionPoolClosed() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(database())) {
      assertEquals(1, select(pool));
    }
  }

  @Test
  void connectionPoolNotClosed() throws Exception {
    assertEquals(1, select(new HikariDataSource(database())));
  }

  @Test
  void schedulerClosed() throws Exception {
    Scheduler scheduler = schedule("closed");
    scheduler.shutdown(true);
  }

  @Test
  void schedulerNotClosed() throws Exception {
    schedule("not-closed");
  }

  /** Over the client's own threads. */
  private static String ask(OkHttpClient client) throws Exception {
    InetSocketAddress address = server.getAddress();
    Request request = new Request.Builder()
        .url("http://" + address.getHostString() + ":" + address.getPort() + "/")
        .build();
    CompletableFuture<String> answer = new CompletableFuture<>();
    client.newCall(request).enqueue(new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        answer.completeExceptionally(e);
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        try (response) {
          answer.complete(response.body().string());
        }
      }
    });
    return answer.get(1, TimeUnit.MINUTES);
  }

  private static HikariConfig database() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:");
    config.setMaximumPoolSize(2);
    return config;
  }

  private static int select(HikariDataSource pool) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select 1")) {
      assertTrue(result.next());
      return result.getInt(1);
    }
  }

  private static Scheduler schedule(String name) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", name);
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", "2");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
    ran = new CountDownLatch(1);
    scheduler.scheduleJob(
        JobBuilder.newJob(Counted.class).build(),
        TriggerBuilder.newTrigger().startNow().build());
    scheduler.start();
    assertTrue(ran.await(1, TimeUnit.MINUTES));
    return scheduler;
  }

  /** A job. */
  public static final class Counted implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      ran.countDown();
    }
  }
}
