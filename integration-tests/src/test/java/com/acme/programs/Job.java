package com.acme.programs;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A task that is known by its number, and waits in a priority queue in that order. */
final class Job implements Runnable, Comparable<Job> {
  final int number;
  private final Runnable body;

  Job(int number, Runnable body) {
    this.number = number;
    this.body = body;
  }

  /** One that keeps its worker busy until the latch is open. */
  static Job waiting(CountDownLatch begun, CountDownLatch latch) {
    return new Job(0, () -> {
      begun.countDown();
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** For each object that number in {@code handedIn} that is the very same object; -1 for others. */
  static List<Integer> which(Collection<?> found, List<?> handedIn) {
    return found.stream()
        .map(object -> {
          for (int i = 0; i < handedIn.size(); i++) {
            if (handedIn.get(i) == object) {
              return i;
            }
          }
          return -1;
        })
        .toList();
  }

  /** A failure with all that a failure can have. */
  static RuntimeException failure(String message) {
    IllegalStateException failure =
        new IllegalStateException(message, new IllegalArgumentException("the cause"));
    failure.addSuppressed(new UnsupportedOperationException("suppressed"));
    return failure;
  }

  @Override
  public void run() {
    body.run();
  }

  @Override
  public int compareTo(Job other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "job " + number;
  }
}
