package io.leakwatch.detect;

import io.leakwatch.frames.WaitPlace;
import io.leakwatch.sample.ThreadDetail;

/** Says in a few words what a thread waits for, from its stack and state. */
final class WaitText {
  private WaitText() {}

  /** Such as {@code LinkedBlockingQueue.take, idle worker, no timeout} or {@code CountDownLatch.await, no timeout, called
   * from com.acme.Books.close(Books.java:40)}; empty when the stack is. */
  static String of(ThreadDetail thread) {
    WaitPlace place = WaitPlace.of(thread.stack());
    return place.text().isEmpty() ? "" : place.text() + how(thread.state()) + place.caller();
  }

  private static String how(Thread.State state) {
    return switch (state) {
      case WAITING -> ", no timeout";
      case TIMED_WAITING -> ", with a timeout";
      case BLOCKED -> ", blocked on a monitor";
      default -> ", running or in I/O";
    };
  }
}
