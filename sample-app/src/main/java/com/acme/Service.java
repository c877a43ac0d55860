package com.acme;

import java.util.concurrent.ExecutionException;

/** A part of the application that serves requests, one after the other. */
interface Service {
  /** Serves one request. */
  void serve() throws InterruptedException, ExecutionException;

  /**
   * Waits for what is under way and ends what it keeps, if it is a service that cares.
   *
   * @return what has come of all requests, the same in each run with as many of them; empty if there is nothing to tell
   */
  default String finish() throws Exception {
    return "";
  }

  /** How long the requests have taken, in one line; empty if it was not measured. */
  default String timings() {
    return "";
  }
}
