package com.acme.programs;

import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Classes of an application whose methods nobody but the application and its executors may call. */
final class HostileParts {
  /** Calls of what must not be called. */
  static final AtomicInteger CALLS = new AtomicInteger();

  private HostileParts() {}

  /** A task of which nothing but {@code run} or {@code call} may be called: the rest throws or never returns. */
  static final class Task implements Runnable, Callable<String>, Comparable<Task> {
    private final boolean blocks;
    private final Runnable body;

    Task(boolean blocks, Runnable body) {
      this.blocks = blocks;
      this.body = body;
    }

    @Override
    public void run() {
      body.run();
    }

    @Override
    public String call() {
      body.run();
      return "called";
    }

    @Override
    public int compareTo(Task other) {
      return misused();
    }

    @Override
    public boolean equals(Object other) {
      return misused() == 0;
    }

    @Override
    public int hashCode() {
      return misused();
    }

    @Override
    public String toString() {
      return "" + misused();
    }

    private int misused() {
      CALLS.incrementAndGet();
      new Throwable("must not be called").printStackTrace();
      while (blocks) {
        LockSupport.park();
      }
      throw new IllegalStateException("must not be called");
    }
  }

  /** A queue that tells when somebody else than the application and the JDK uses it. */
  static final class Queue extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
    private final LinkedBlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

    @Override
    public boolean offer(Runnable task) {
      return asked().offer(task);
    }

    @Override
    public boolean offer(Runnable task, long timeout, TimeUnit unit) throws InterruptedException {
      return asked().offer(task, timeout, unit);
    }

    @Override
    public void put(Runnable task) throws InterruptedException {
      asked().put(task);
    }

    @Override
    public Runnable take() throws InterruptedException {
      return asked().take();
    }

    @Override
    public Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
      return asked().poll(timeout, unit);
    }

    @Override
    public Runnable poll() {
      return asked().poll();
    }

    @Override
    public Runnable peek() {
      return asked().peek();
    }

    @Override
    public int remainingCapacity() {
      return asked().remainingCapacity();
    }

    @Override
    public int drainTo(Collection<? super Runnable> target) {
      return asked().drainTo(target);
    }

    @Override
    public int drainTo(Collection<? super Runnable> target, int most) {
      return asked().drainTo(target, most);
    }

    @Override
    public Iterator<Runnable> iterator() {
      return asked().iterator();
    }

    @Override
    public int size() {
      return asked().size();
    }

    @Override
    public String toString() {
      return asked().toString();
    }

    private LinkedBlockingQueue<Runnable> asked() {
      StackTraceElement[] stack = new Throwable().getStackTrace();
      if (!Transcript.strangers(stack).isEmpty()) {
        CALLS.incrementAndGet();
        System.err.println("must not be called by " + Arrays.toString(stack));
      }
      return held;
    }
  }

  /** A task class that cannot be initialised; the one object of it was handed in before that was known. */
  static final class Broken implements Runnable {
    private static final Runnable ESCAPED = escape();

    private static Runnable escape() {
      Runnable task = new Broken();
      Extremes.broken(task);
      if (task.getClass() == Broken.class) {
        throw new IllegalStateException("cannot be initialised");
      }
      return task;
    }

    static Runnable get() {
      return ESCAPED;
    }

    @Override
    public void run() {
      Transcript.line("the broken one runs");
    }
  }
}
