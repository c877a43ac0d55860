package io.leakwatch.report;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.leakwatch.report.AgentLog.Kind;
import java.time.Instant;

/**
 * The agent's private Logback: a context of its own, built in code.
 *
 * <p>It asks no {@code LoggerFactory}, no configuration file and no service loader, as each of these listens to the
 * application: its {@code -Dlogback.configurationFile} would configure the agent's log. Logback's file appenders are not
 * used either: after a failed write they drop lines without a word for a while, and they do not notice that a file was
 * deleted.
 */
final class LogbackLines {
  /** Gets a line when it is due. */
  interface Sink {
    void write(Instant time, Kind kind, String message);
  }

  private final LoggerContext context = new LoggerContext();
  private final Logger messages = context.getLogger("leakwatch");
  private final Logger reports = context.getLogger("leakwatch.report");

  LogbackLines(Sink sink) {
    context.setName("leakwatch");
    // Without one every event is dropped silently.
    context.setMDCAdapter(new LogbackMDCAdapter());
    SinkAppender appender = new SinkAppender(sink);
    appender.setContext(context);
    appender.start();
    messages.setLevel(Level.INFO);
    messages.addAppender(appender);
    context.start();
  }

  void log(Kind kind, String message) {
    // The methods without arguments: those with some take the message as a pattern.
    switch (kind) {
      case INFO -> messages.info(message);
      case WARN -> messages.warn(message);
      case REPORT -> reports.info(message);
    }
  }

  void stop() {
    context.stop();
  }

  private final class SinkAppender extends AppenderBase<ILoggingEvent> {
    private final Sink sink;

    SinkAppender(Sink sink) {
      this.sink = sink;
    }

    @Override
    protected void append(ILoggingEvent event) {
      sink.write(Instant.ofEpochMilli(event.getTimeStamp()), kind(event), event.getMessage());
    }

    private Kind kind(ILoggingEvent event) {
      if (event.getLoggerName().equals(reports.getName())) {
        return Kind.REPORT;
      }
      return event.getLevel().isGreaterOrEqual(Level.WARN) ? Kind.WARN : Kind.INFO;
    }
  }
}
