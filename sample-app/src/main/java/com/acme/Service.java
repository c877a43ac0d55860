package com.acme;

import java.util.concurrent.ExecutionException;

/** A part of the application that serves requests, one after the other. */
interface Service {
  /** Serves one request. */
  void serve() throws InterruptedException, ExecutionException;
}
