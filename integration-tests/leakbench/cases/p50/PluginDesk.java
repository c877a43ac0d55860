package leakbench.p50;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicLong;
import leakbench.harness.Harness;

/** Each run of a plugin logs to a destination of its own, behind an AsyncAppender. */
public final class PluginDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p50", args);
    LoggerContext context = new LoggerContext();
    h.drive(4, i -> {
      PluginLog log = new PluginLog(context, "plugin-" + i);
      log.write("run " + i);
      log.detach(!h.leaky());
    });
    h.finish();
  }
}

final class PluginLog {
  private final Logger logger;
  private final AsyncAppender async = new AsyncAppender();

  PluginLog(LoggerContext context, String plugin) {
    logger = context.getLogger(plugin);
    Counting target = new Counting();
    target.setContext(context);
    target.start();
    async.setContext(context);
    async.addAppender(target);
    async.start();
    logger.addAppender(async);
  }

  void write(String line) {
    logger.info(line);
  }

  void detach(boolean stop) {
    logger.detachAppender(async);
    if (stop) {
      async.stop();
    }
  }

  private static final class Counting extends AppenderBase<ILoggingEvent> {
    private final AtomicLong lines = new AtomicLong();

    @Override
    protected void append(ILoggingEvent event) {
      lines.incrementAndGet();
    }
  }
}
