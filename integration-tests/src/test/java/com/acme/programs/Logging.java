package com.acme.programs;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line every 100 ms for three seconds, through whatever SLF4J provider is there. */
public final class Logging {
  private static final Logger LOG = LoggerFactory.getLogger(Logging.class);

  private Logging() {}

  public static void main(String[] args) throws Exception {
    System.out.println(
        "provider: " + LoggerFactory.getILoggerFactory().getClass().getName());
    for (int i = 0; i < 30; i++) {
      LOG.info("line {}", i);
      LOG.debug("detail {}", i);
      TimeUnit.MILLISECONDS.sleep(100);
    }
    System.out.println("end");
  }
}
