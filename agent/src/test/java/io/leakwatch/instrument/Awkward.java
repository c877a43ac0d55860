package io.leakwatch.instrument;

/** Methods of the shapes that are awkward to weave. Public, so that a test can call them by reflection. */
public class Awkward extends Thread {
  public String trace = "";

  public Awkward() {
    this(1L, 2.0, () -> {});
  }

  /** Makes another object of its own class before it delegates. */
  public Awkward(String text) {
    this(new Awkward().trace.length() + text.length(), 2.0, new NamedTask("delegated"));
  }

  public Awkward(long wide, double wider, Runnable task) {
    super(task);
    if (wide < 0) {
      throw new IllegalArgumentException("made no " + wider);
    }
    trace += "made";
  }

  /** Has a loop that begins at its first instruction. */
  public int loop(int n) {
    while (true) {
      if (--n < 0) {
        return n;
      }
    }
  }

  public double wide(long a, double b, float c, boolean d, int[] e, Runnable task) {
    double sum = a + b + c + (d ? 1 : 0) + e.length;
    for (int i = 0; i < e.length; i++) {
      sum += e[i];
    }
    task.run();
    return sum;
  }

  public String manyReturns(int n) {
    if (n == 0) {
      return "none";
    }
    if (n == 1) {
      return "one";
    }
    if (n < 0) {
      throw new IllegalArgumentException("negative");
    }
    return "many";
  }

  /** Has its task first. */
  public void taskFirst(Runnable task, long time, boolean again) {
    trace += " " + task + " at " + time + (again ? " and again" : "");
  }

  public void noResult(boolean early) {
    if (early) {
      return;
    }
    trace += " worked";
  }

  public int tryFinally(boolean fail) {
    try {
      if (fail) {
        throw new IllegalStateException("failed");
      }
      return 1;
    } finally {
      trace += " finally";
    }
  }

  /** What it catches itself has not left it. */
  public String catches() {
    try {
      throw new IllegalStateException("caught");
    } catch (IllegalStateException e) {
      return "caught";
    }
  }

  public synchronized boolean locked(boolean fail) {
    if (fail) {
      throw new IllegalStateException("failed");
    }
    return Thread.holdsLock(this);
  }

  public long monitor(Object lock, boolean fail) {
    synchronized (lock) {
      if (fail) {
        throw new IllegalStateException("failed");
      }
      return 7L;
    }
  }

  /** A task that a recorded call can name. */
  public record NamedTask(String name) implements Runnable {
    @Override
    public void run() {}

    @Override
    public String toString() {
      return name;
    }
  }
}
