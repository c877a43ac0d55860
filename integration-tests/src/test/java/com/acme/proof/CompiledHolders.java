package com.acme.proof;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that are woken by code of which a heap dump shows too little, because it was compiled: {@code scalar} holds a latch
 * in an object that is never made, {@code monitor} is in a synchronized method whose object it has no more use for. Each wait
 * lasts two seconds, then comes the next.
 */
public final class CompiledHolders {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final AtomicLong SINK = new AtomicLong();

  private CompiledHolders() {}

  /** By which of the two. */
  public static void main(String[] args) {
    boolean scalar = args[0].equals("scalar");
    for (int i = 0; i < 30_000; i++) {
      SINK.addAndGet(scalar ? holdLatch(0, false) : new Room().stay(0));
    }
    System.out.println("made");
    while (true) {
      if (scalar) {
        SINK.addAndGet(holdLatch(WAIT_NANOS, true));
      } else {
        holdMonitor();
      }
    }
  }

  private static long holdLatch(long nanos, boolean waiter) {
    Box box = box(waiter);
    long end = System.nanoTime() + nanos;
    long sum = 0;
    for (long i = 0; (i & 0xfff) != 0xfff || System.nanoTime() - end < 0; i++) {
      sum = sum * 31 + (i ^ box.count);
      box.count = sum & 7;
    }
    box.latch.countDown();
    return sum;
  }

  private static Box box(boolean waiter) {
    CountDownLatch latch = new CountDownLatch(1);
    if (waiter) {
      Thread thread = new Thread(() -> Corpus.forever(latch), "woken-later");
      thread.setDaemon(true);
      thread.start();
    }
    return new Box(latch);
  }

  private static void holdMonitor() {
    Room room = new Room();
    Thread waiter = new Thread(() -> SINK.addAndGet(room.stay(0)), "woken-later");
    waiter.setDaemon(true);
    Thread holder = new Thread(holder(room, waiter), "holder");
    holder.setDaemon(true);
    holder.start();
    LockSupport.parkNanos(WAIT_NANOS);
  }

  private static Runnable holder(Room room, Thread waiter) {
    // Forgets the room as soon as it is in it, as a queue's consumer would.
    Room[] rooms = {room};
    return () -> {
      Room entered = rooms[0];
      rooms[0] = null;
      SINK.addAndGet(entered.stayWith(waiter, WAIT_NANOS));
    };
  }

  /** Never made by compiled code that keeps it to itself. */
  private static final class Box {
    final CountDownLatch latch;
    long count;

    Box(CountDownLatch latch) {
      this.latch = latch;
    }
  }

  /** With one door. */
  private static final class Room {
    synchronized long stay(long nanos) {
      return spin(nanos);
    }

    synchronized long stayWith(Thread waiter, long nanos) {
      waiter.start();
      return spin(nanos);
    }

    private static long spin(long nanos) {
      long end = System.nanoTime() + nanos;
      long sum = 0;
      for (long i = 0; (i & 0xfff) != 0xfff || System.nanoTime() - end < 0; i++) {
        sum = sum * 31 + i;
      }
      return sum;
    }
  }
}
