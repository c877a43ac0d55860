package com.acme.programs;

import com.acme.VirtualThreads;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Scopes side by side that leave nothing behind: they use pools that all share, for the first time, which makes these grow
 * and makes the JDK start threads of its own; they close what they make; and what they have started ends a moment later.
 * None of them may be blamed for anything.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class ScopedTidy {
  private static final int SCOPES = 8;
  private static final int ROUNDS = 10;
  private static final Map<String, String> PATIENT = Map.of("linger", "20s");

  private static final ThreadPoolExecutor SHARED =
      new ThreadPoolExecutor(20, 20, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
  private static final ScheduledExecutorService SCHEDULED = Executors.newScheduledThreadPool(8);
  private static final Timer TIMER = new Timer("shared timer", true);
  private static final Cleaner CLEANER = Cleaner.create();

  /** Made by whichever scope comes first, for the life of its class. */
  private static final class Lazy {
    static final ExecutorService POOL = Executors.newCachedThreadPool();
    static final Thread DAEMON = new Thread(ScopedTidy::park, "lazy daemon");

    static {
      DAEMON.setDaemon(true);
      DAEMON.start();
    }

    private Lazy() {}
  }

  private ScopedTidy() {}

  public static void main(String[] args) throws Exception {
    Scopes scopes = new Scopes();
    List<String> wrong = new ArrayList<>();
    List<Thread> tests = new ArrayList<>();
    for (int i = 0; i < SCOPES; i++) {
      int number = i;
      Thread test = new Thread(() -> {
        for (int round = 0; round < ROUNDS; round++) {
          String me = "scope-" + round + "-" + number;
          Object scope = scopes.open(me);
          Object before = scopes.enter(scope);
          try {
            useEverything();
            if (round == 0) {
              startProcess();
            }
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          scopes.leave(before);
          for (Map<String, Object> finding : scopes.close(scope, PATIENT)) {
            synchronized (wrong) {
              wrong.add(me + " was blamed:\n" + finding.get("text"));
            }
          }
        }
      });
      tests.add(test);
      test.start();
    }
    for (Thread test : tests) {
      test.join();
    }
    wrong.forEach(System.out::println);
    System.out.println(wrong.isEmpty() ? "nobody was blamed" : "WRONG: " + wrong.size());
    System.exit(0);
  }

  private static void useEverything() throws Exception {
    Lazy.POOL.submit(() -> {}).get();
    SHARED.submit(() -> {}).get();
    SHARED.execute(ScopedTidy::endSoon);
    SHARED.invokeAll(List.of(() -> 1, () -> 2));
    Future<?> cancelled = SHARED.submit(ScopedTidy::park);
    cancelled.cancel(true);
    ScheduledFuture<?> periodic =
        SCHEDULED.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MILLISECONDS);
    SCHEDULED.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get();
    // Nobody is held up by what is due in an hour.
    SCHEDULED.schedule(() -> {}, 1, TimeUnit.HOURS);
    periodic.cancel(false);
    CountDownLatch ticked = new CountDownLatch(2);
    TimerTask ticks = new TimerTask() {
      @Override
      public void run() {
        ticked.countDown();
      }
    };
    TIMER.schedule(ticks, 1, 1);
    ticked.await();
    ticks.cancel();
    new Thread(ScopedTidy::endSoon).start();
    ExecutorService own = Executors.newFixedThreadPool(2);
    own.execute(ScopedTidy::endSoon);
    own.execute(ScopedTidy::endSoon);
    own.shutdown();
    ExecutorService stopped = Executors.newSingleThreadExecutor();
    stopped.execute(ScopedTidy::park);
    stopped.execute(ScopedTidy::park);
    stopped.submit(ScopedTidy::park);
    stopped.shutdownNow();
    ForkJoinPool pool = new ForkJoinPool(2);
    pool.submit(() -> IntStream.range(0, 100).parallel().sum()).get();
    pool.shutdown();
    Timer timer = new Timer();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {}
        },
        1,
        1);
    timer.cancel();
    stages();
    CLEANER.register(new Object(), () -> {});
    if (VirtualThreads.factory().isPresent()) {
      Thread virtual = VirtualThreads.factory().get().newThread(ScopedTidy::endSoon);
      virtual.start();
      ExecutorService perTask = VirtualThreads.newExecutor().get();
      perTask.submit(ScopedTidy::endSoon);
      perTask.shutdown();
    }
  }

  /** The JDK waits for its end with a thread from a pool that the first process makes. */
  private static void startProcess() throws Exception {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .get();
  }

  private static void stages() throws InterruptedException, ExecutionException, IOException {
    // Its time-out starts a thread of the JDK's.
    CompletableFuture.supplyAsync(() -> 1)
        .orTimeout(1, TimeUnit.HOURS)
        .thenApply(n -> n + 1)
        .get();
    // Never completed: nothing of it runs.
    var unused = new CompletableFuture<String>().thenRunAsync(() -> {}, SHARED);
    CompletableFuture.runAsync(() -> {}, SHARED).thenRunAsync(() -> {}, SHARED).get();
  }

  private static void endSoon() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void park() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
