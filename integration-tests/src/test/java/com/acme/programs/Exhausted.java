package com.acme.programs;

import com.acme.VirtualThreads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs out of what its first argument says ({@code stack}, {@code heap} or {@code metaspace}) in the middle of starting
 * threads and making executors, several times over; then shows that it is as well as before. Begins when it gets a line, and ends
 * when its input does.
 *
 * <p>A default handler of uncaught exceptions counts what escapes from any thread that is not its own: it must be nothing.
 */
public final class Exhausted {
  private static final int ROUNDS = 60;
  private static final int FULL_MILLIS = 1_500;
  private static final AtomicLong DIVED = new AtomicLong();
  private static int escaped;

  private Exhausted() {}

  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(Exhausted::noteEscape);
    // Loaded and linked while there is still something left.
    startAll(2);
    System.in.read();
    switch (args[0]) {
      case "stack" -> overflow();
      case "heap" -> fillHeap();
      case "metaspace" -> fillMetaspace();
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println(startAll(100) + " threads and tasks ran, " + escapes() + " escaped");
    while (System.in.read() >= 0) {
      // Until its input ends.
    }
  }

  private static synchronized void noteEscape(Thread thread, Throwable e) {
    if (thread.getName().startsWith("leakwatch")) {
      escaped++;
    } else if (thread.getName().equals("main")) {
      e.printStackTrace();
    }
  }

  private static synchronized int escapes() {
    return escaped;
  }

  /** On small stacks of a little different depth each, so that the end comes at any instruction. */
  private static void overflow() throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      int offset = i;
      Thread diver = new Thread(null, () -> descend(offset), "diver", 192 << 10);
      diver.start();
      diver.join();
    }
  }

  private static void descend(int frames) {
    if (frames > 0) {
      descend(frames - 1);
      DIVED.incrementAndGet();
      return;
    }
    dive();
  }

  /** At the end of the stack, and then from frame to frame further up, it is tried until there is room enough. */
  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static void dive() {
    try {
      dive();
      DIVED.incrementAndGet();
    } catch (StackOverflowError e) {
      startOne();
    }
  }

  private static void startOne() {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.execute(() -> DIVED.incrementAndGet());
    pool.shutdown();
    new Thread(() -> DIVED.incrementAndGet()).start();
    VirtualThreads.factory()
        .ifPresent(factory -> factory.newThread(() -> DIVED.incrementAndGet()).start());
  }

  private static void fillHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      List<byte[]> ballast = new ArrayList<>();
      for (int size = 1 << 20; size >= 64; size /= 4) {
        try {
          while (ballast.size() < 10_000_000) {
            ballast.add(new byte[size]);
          }
        } catch (OutOfMemoryError e) {
          // Then in smaller pieces.
        }
      }
      startWhileFull();
      ballast.clear();
    }
  }

  @SuppressWarnings("ModifiedButNotUsed") // held, for they shall not be collected
  private static void fillMetaspace() throws Exception {
    byte[] bytes;
    try (InputStream in = Exhausted.class.getResourceAsStream("Job.class")) {
      bytes = in.readAllBytes();
    }
    List<ClassLoader> loaders = new ArrayList<>();
    try {
      while (true) {
        loaders.add(new OneClassLoader(bytes));
      }
    } catch (OutOfMemoryError e) {
      startWhileFull();
    }
    loaders.clear();
    System.gc();
  }

  private static final class OneClassLoader extends ClassLoader {
    OneClassLoader(byte[] bytes) throws IOException {
      super(Exhausted.class.getClassLoader());
      defineClass(Job.class.getName(), bytes, 0, bytes.length);
    }
  }

  private static void startWhileFull() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FULL_MILLIS);
    while (System.nanoTime() < end) {
      try {
        startOne();
      } catch (Throwable e) {
        // What it is about: an OutOfMemoryError, or one in the clothes of some other.
        DIVED.incrementAndGet();
      } finally {
        // Nobody else would ever get to run without a pause.
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  private static int startAll(int count) throws InterruptedException, InvocationTargetException {
    ThreadFactory virtual = VirtualThreads.factory().orElse(Thread::new);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    CountDownLatch ran = new CountDownLatch(3 * count);
    for (int i = 0; i < count; i++) {
      new Thread(ran::countDown).start();
      virtual.newThread(ran::countDown).start();
      pool.execute(ran::countDown);
    }
    pool.shutdown();
    return ran.await(60, TimeUnit.SECONDS) ? 3 * count : -1;
  }
}
