package leakbench.v10;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import leakbench.harness.Harness;

/** Requests hand a job to a render pool and wait for its notification (monitor wait on a virtual thread). */
public final class RenderFarm {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("v10", args);
    RenderPool pool = new RenderPool(h.leaky());
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    h.driveInline(8, i -> requests.execute(() -> h.run(pool::render, i)));
    h.finish();
  }
}

final class RenderPool {
  private static final class Job {
    final int id;
    boolean done;

    Job(int id) {
      this.id = id;
    }
  }

  private final ExecutorService workers = Executors.newFixedThreadPool(2, r -> {
    Thread t = new Thread(r, "render");
    t.setDaemon(true);
    return t;
  });
  private final boolean noPredicate;

  RenderPool(boolean noPredicate) {
    this.noPredicate = noPredicate;
  }

  void render(int i) throws InterruptedException {
    Job job = new Job(i);
    workers.execute(() -> work(job));
    Thread.sleep(20); // writes the response header meanwhile
    synchronized (job) {
      if (noPredicate) {
        job.wait();
      } else {
        while (!job.done) {
          job.wait();
        }
      }
    }
  }

  private static void work(Job job) {
    try {
      // thumbnails are quick, pages are not
      Thread.sleep(job.id % 4 == 0 ? 1 : 60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (job) {
      job.done = true;
      job.notifyAll();
    }
  }
}
