package leakbench.h09;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Slf4jReporter;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.util.DaemonThreadFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import leakbench.harness.Harness;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.TimeValue;
import org.quartz.impl.StdSchedulerFactory;
import reactor.core.scheduler.Schedulers;

/** Eleven integrations, each a lazily created singleton with threads of its own; the last is first used near the end. */
public final class Integrations {

  @FunctionalInterface
  private interface Starter {
    Object start() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("h09", args);
    List<Starter> starters = List.of(
        Integrations::scheduler,
        Integrations::eventLoops,
        Integrations::http,
        Integrations::pool,
        Integrations::metrics,
        Integrations::quartz,
        Integrations::timer,
        Integrations::wheel,
        Integrations::disruptor,
        Integrations::jdkHttp,
        Integrations::reactor);
    List<Object> running = new ArrayList<>();
    h.driveInline(5, i -> {
      int want = (int) Math.min(
          starters.size(), 1 + starters.size() * Harness.elapsed() / (Harness.seconds() * 0.92));
      while (running.size() < want) {
        running.add(starters.get(running.size()).start());
      }
    });
    h.finish();
  }

  private static Object scheduler() {
    ScheduledExecutorService s = Executors.newScheduledThreadPool(3);
    for (int i = 0; i < 3; i++) {
      s.scheduleAtFixedRate(() -> {}, 0, 300, TimeUnit.MILLISECONDS);
    }
    return s;
  }

  private static Object eventLoops() {
    NioEventLoopGroup g = new NioEventLoopGroup(6);
    for (int i = 0; i < 6; i++) {
      g.next().execute(() -> {});
    }
    return g;
  }

  private static Object http() {
    return HttpClients.custom().evictIdleConnections(TimeValue.ofSeconds(30)).build();
  }

  private static Object pool() throws Exception {
    HikariConfig c = new HikariConfig();
    c.setJdbcUrl("jdbc:h2:mem:h09");
    c.setMaximumPoolSize(4);
    HikariDataSource d = new HikariDataSource(c);
    d.getConnection().close();
    return d;
  }

  private static Object metrics() {
    Slf4jReporter r = Slf4jReporter.forRegistry(new MetricRegistry()).build();
    r.start(1, TimeUnit.SECONDS);
    return r;
  }

  private static Object quartz() throws Exception {
    java.util.Properties p = new java.util.Properties();
    p.setProperty("org.quartz.threadPool.threadCount", "5");
    p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    var s = new StdSchedulerFactory(p).getScheduler();
    s.start();
    return s;
  }

  private static Object timer() {
    Timer t = new Timer("nightly", true);
    t.schedule(
        new TimerTask() {
          @Override
          public void run() {}
        },
        100,
        500);
    return t;
  }

  private static Object wheel() {
    HashedWheelTimer w = new HashedWheelTimer();
    w.newTimeout(x -> {}, 1, TimeUnit.HOURS);
    return w;
  }

  private static Object disruptor() {
    Disruptor<long[]> d = new Disruptor<>(() -> new long[1], 64, DaemonThreadFactory.INSTANCE);
    d.handleEventsWith((e, s, b) -> {});
    d.start();
    return d;
  }

  private static Object jdkHttp() {
    return HttpClient.newHttpClient();
  }

  private static Object reactor() {
    var s = Schedulers.newParallel("feeds", 4);
    for (int i = 0; i < 4; i++) {
      s.schedule(() -> {});
    }
    return s;
  }
}
