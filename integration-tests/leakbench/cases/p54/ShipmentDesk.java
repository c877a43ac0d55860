package leakbench.p54;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;

/** An Error in an appender; it kills the worker of old Logbacks' AsyncAppender, whose queue then fills (library bug). */
public final class ShipmentDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p54", args);
    Shipments shipments = new Shipments(asyncLogger());
    ExecutorService requests = Executors.newCachedThreadPool(r -> {
      Thread t = new Thread(r, "shipment-request");
      t.setDaemon(true);
      return t;
    });
    h.driveInline(6, i -> requests.execute(() -> shipments.ship(i)));
    h.finish();
  }

  private static Logger asyncLogger() {
    LoggerContext context = new LoggerContext();
    Remote remote = new Remote();
    remote.setContext(context);
    remote.start();
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(16);
    async.setDiscardingThreshold(0);
    async.addAppender(remote);
    async.start();
    Logger logger = context.getLogger("shipments");
    logger.addAppender(async);
    return logger;
  }
}

final class Shipments {
  private final Logger log;

  Shipments(Logger log) {
    this.log = log;
  }

  void ship(int parcel) {
    log.info("parcel {} has left", parcel);
  }
}

final class Remote extends AppenderBase<ILoggingEvent> {
  private int lines;

  @Override
  protected void append(ILoggingEvent event) {
    lines++;
    if (lines == 10) {
      throw new NoClassDefFoundError("com/example/Encoder");
    }
  }
}
