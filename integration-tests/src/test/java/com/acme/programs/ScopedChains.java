package com.acme.programs;

import com.acme.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Scopes side by side, each of which leaves threads and tasks behind by every chain that the JDK offers, through pools that
 * all share; meanwhile others do the same outside of every scope and end. Then each scope is told what it has left, which
 * must be its own, all of it, and nothing else.
 *
 * <p>Whatever is left gives its thread a name by itself, {@code CHAIN of SCOPE}: that is how this program knows.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class ScopedChains {
  private static final int SCOPES = 8;
  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static final Map<String, String> NO_PATIENCE = Map.of("linger", "0s");

  private final ExecutorService shared =
      new ThreadPoolExecutor(2, 500, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), wrapping());
  private final ExecutorService narrow = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(40);
  private final ExecutorService full = new ThreadPoolExecutor(
      0,
      1,
      1,
      TimeUnit.MINUTES,
      new SynchronousQueue<>(),
      new ThreadPoolExecutor.CallerRunsPolicy());
  private final ForkJoinPool forkJoin = new ForkJoinPool(60);
  private final Timer timer = new Timer("shared timer", true);
  private final LinkedBlockingQueue<Runnable> handMade = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> trigger = new CompletableFuture<>();
  private final Set<String> left = new ConcurrentSkipListSet<>();
  private final AtomicInteger expected = new AtomicInteger();
  private final AtomicInteger sameRunning = new AtomicInteger();
  private final ExecutorService perTask;

  /** Handed in by everybody, and it is one object. */
  private final Runnable same = new Same();

  private ScopedChains() {
    perTask = VirtualThreads.newExecutor().orElse(shared);
    Thread handMadeWorker = new Thread(
        () -> {
          while (true) {
            try {
              handMade.take().run();
            } catch (InterruptedException e) {
              return;
            }
          }
        },
        "hand-made worker");
    full.execute(ScopedChains::park);
    handMadeWorker.setDaemon(true);
    handMadeWorker.start();
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 1 : Integer.parseInt(args[0]);
    for (int round = 0; round < rounds; round++) {
      new ScopedChains().run(new Scopes(), round);
    }
    System.exit(0);
  }

  private void run(Scopes scopes, int round) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(SCOPES);
    CyclicBarrier allThere = new CyclicBarrier(SCOPES + 1);
    List<Thread> tests = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    CountDownLatch noiseEnds = new CountDownLatch(1);
    Thread noise = new Thread(() -> makeNoise(noiseEnds), "noise");
    noise.start();
    for (int i = 0; i < SCOPES; i++) {
      String me = "scope-" + round + "-" + i;
      Thread test = new Thread(
          () -> {
            try {
              Object scope = scopes.open(me);
              Object before = scopes.enter(scope);
              begin.await();
              leaveAll(me);
              scopes.leave(before);
              allThere.await();
              allThere.await();
              compare(me, scopes.close(scope, NO_PATIENCE), wrong);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          },
          "test " + me);
      tests.add(test);
      test.start();
    }
    allThere.await();
    trigger.complete("now");
    awaitAllLeft();
    noiseEnds.countDown();
    noise.join();
    allThere.await();
    for (Thread test : tests) {
      test.join();
    }
    synchronized (wrong) {
      wrong.forEach(System.out::println);
      System.out.println(
          (wrong.isEmpty() ? "all right: " : "WRONG: ") + left.size() + " left by " + SCOPES);
    }
  }

  private void leaveAll(String me) throws Exception {
    start(leaving("thread", me));
    start(() -> start(() -> start(leaving("thread of thread of thread", me))));
    Executors.newFixedThreadPool(1).execute(leaving("own pool", me));
    shared.execute(leaving("shared pool, execute", me));
    shared.submit(leaving("shared pool, submit", me));
    shared.invokeAll(List.of(() -> start(leaving("thread of invokeAll", me))));
    shared.execute(() -> start(leaving("thread of a shared pool's task", me)));
    shared.submit(() ->
        narrow.submit(() -> narrow.execute(() -> start(leaving("thread over three pools", me)))));
    shared.execute(same);
    full.execute(() -> start(leaving("thread of who handed in too much", me)));
    CompletableFuture.supplyAsync(() -> {
      start(leaving("thread of supplyAsync", me));
      return me;
    });
    CompletableFuture.runAsync(leaving("runAsync", me), shared);
    trigger.thenRun(() -> start(leaving("thread of thenRun", me)));
    trigger.thenApply(s -> s).thenAccept(s -> start(leaving("thread of thenAccept", me)));
    trigger.thenRunAsync(leaving("thenRunAsync", me), shared);
    trigger.thenCombineAsync(
        CompletableFuture.completedFuture(me),
        (a, b) -> {
          start(leaving("thread of thenCombineAsync", me));
          return b;
        },
        narrow);
    trigger.handleAsync((s, e) -> start(leaving("thread of handleAsync", me)), forkJoin);
    timer.schedule(task(() -> start(leaving("thread of a timer's task", me))), 1);
    new Timer(true).schedule(task(leaving("own timer", me)), 1);
    scheduled.schedule(() -> start(leaving("thread of a schedule", me)), 1, TimeUnit.MILLISECONDS);
    scheduled.scheduleAtFixedRate(leaving("periodic task", me), 1, 50, TimeUnit.MILLISECONDS);
    forkJoin.submit(new Forks(6, leaving("thread of the last fork", me)));
    forkJoin.execute(leaving("fork-join, execute", me));
    forkJoin.submit(() -> IntStream.range(0, 20).parallel().forEach(n -> {
      if (n == 13) {
        start(leaving("thread of a parallel stream", me));
      }
    }));
    handMade.add(new FutureTask<>(() -> start(leaving("thread of a hand-made pool", me)), null));
    if (VirtualThreads.factory().isPresent()) {
      ThreadFactory virtual = VirtualThreads.factory().get();
      virtual.newThread(leaving("virtual thread", me)).start();
      virtual
          .newThread(() -> virtual.newThread(leaving("virtual of virtual", me)).start())
          .start();
      virtual.newThread(() -> start(leaving("thread of virtual", me))).start();
      perTask.submit(leaving("virtual thread per task", me));
      perTask.submit(() -> shared.submit(leaving("pool of virtual", me)));
      trigger.thenRunAsync(leaving("stage in a virtual thread", me), perTask);
      VirtualThreads.newExecutor().get().execute(leaving("own virtual executor", me));
    }
  }

  /** The same things outside of every scope, and what they make ends. */
  private void makeNoise(CountDownLatch end) {
    try {
      do {
        CountDownLatch done = new CountDownLatch(5);
        shared.execute(() -> start(done::countDown));
        narrow.submit(() -> start(done::countDown));
        forkJoin.submit(() -> start(done::countDown));
        scheduled.schedule(() -> start(done::countDown), 1, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> start(done::countDown));
        done.await();
      } while (!end.await(1, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Runnable leaving(String chain, String me) {
    expected.incrementAndGet();
    String name = chain + " of " + me;
    return () -> {
      Thread.currentThread().setName(name);
      left.add(name);
      park();
    };
  }

  private void awaitAllLeft() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (left.size() < expected.get() || sameRunning.get() < SCOPES) {
      if (System.nanoTime() > deadline) {
        System.out.println(
            "only " + left.size() + " of " + expected + ", " + sameRunning + ": " + left);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void compare(String me, List<Map<String, Object>> findings, List<String> wrong) {
    Set<String> told = new TreeSet<>();
    long same = 0;
    for (Map<String, Object> finding : findings) {
      for (Object name : (List<?>) finding.get("threadNames")) {
        if (name.toString().contains(" of scope-")) {
          told.add(name.toString());
        } else if (finding.get("waitingAt").toString().contains("ScopedChains$Same.run")) {
          same++;
        } else {
          told.add(name + " " + finding.get("text"));
        }
      }
    }
    Set<String> mine = new TreeSet<>();
    for (String name : left) {
      if (name.endsWith(" of " + me)) {
        mine.add(name);
      }
    }
    synchronized (wrong) {
      for (String name : told) {
        if (!mine.contains(name)) {
          wrong.add(me + " was blamed for: " + name);
        }
      }
      for (String name : mine) {
        if (!told.contains(name)) {
          wrong.add(me + " was not told of: " + name);
        }
      }
      if (same != 1) {
        wrong.add(me + " was told of " + same + " of the tasks that are one object");
      }
    }
  }

  private static void park() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static TimerTask task(Runnable task) {
    return new TimerTask() {
      @Override
      public void run() {
        task.run();
      }
    };
  }

  /** Puts something around each worker, as many applications do. */
  private static ThreadFactory wrapping() {
    return worker -> {
      Thread thread = new Thread(() -> {
        Thread.currentThread().setName("shared worker");
        worker.run();
      });
      thread.setDaemon(true);
      return thread;
    };
  }

  private final class Same implements Runnable {
    @Override
    public void run() {
      sameRunning.incrementAndGet();
      park();
    }
  }

  /** Forks itself some times, and the last one runs a task. */
  private static final class Forks extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final int depth;
    private final transient Runnable last;

    Forks(int depth, Runnable last) {
      this.depth = depth;
      this.last = last;
    }

    @Override
    protected void compute() {
      if (depth == 0) {
        start(last);
      } else {
        Forks next = new Forks(depth - 1, last);
        next.fork();
        next.join();
      }
    }
  }
}
