package com.acme.proof;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Cleaner;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A way in which somebody who can run has an object, so that who waits for it may go on. */
@FunctionalInterface
@SuppressWarnings({"IdentityHashMapUsage", "ThreadLocalUsage", "FutureReturnValueIgnored"
}) // Any way counts.
interface Holder {
  void hold(Object object);

  /** Every kind that holds strongly. */
  static Map<String, Holder> strong() {
    Map<String, Holder> kinds = new LinkedHashMap<>();
    kinds.put("static-list", Kept.ALL::add);
    kinds.put("static-array", o -> new Kept(new Object[] {o}));
    kinds.put("static-map-value", o -> new Kept(Map.of("key", o)));
    kinds.put("static-map-key", o -> new Kept(new IdentityHashMap<>(Map.of(new Kept(o), 1))));
    kinds.put("tree-map", o -> new Kept(new TreeMap<>(Map.of("key", o))));
    kinds.put("concurrent-map", o -> new Kept(new ConcurrentHashMap<>(Map.of("key", o))));
    kinds.put("concurrent-queue", o -> new Kept(new ConcurrentLinkedQueue<>(List.of(o))));
    kinds.put("copy-on-write-list", o -> new Kept(new CopyOnWriteArrayList<>(List.of(o))));
    kinds.put("deque", o -> new Kept(new ArrayDeque<>(List.of(o))));
    kinds.put("nested", o -> new Kept(List.of(Optional.of(new AtomicReference<>(o)))));
    kinds.put("lambda", o -> new Kept((Supplier<Object>) () -> o));
    kinds.put(
        "proxy",
        o -> new Kept(Proxy.newProxyInstance(
            Holder.class.getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> o)));
    kinds.put("method-handle", o -> new Kept(bound(o)));
    kinds.put(
        "wrapper-of-wrapper",
        o -> new Kept(Collections.unmodifiableList(
            Collections.synchronizedList(new ArrayList<>(List.of(o))))));
    kinds.put("class-value", o -> new Kept(Values.of(o)));
    kinds.put(
        "system-properties",
        o -> Properties.class.cast(System.getProperties()).put(new Kept(o), "value"));
    kinds.put("shutdown-hook", o -> Runtime.getRuntime().addShutdownHook(new Thread(() -> use(o))));
    kinds.put("unstarted-thread", o -> new Kept(new Thread(() -> use(o))));
    kinds.put("cleaner-action", o -> Kept.CLEANER.register(new Kept(new Object()), () -> use(o)));
    kinds.put("weak-map-value", o -> Kept.WEAK.put(new Kept("key"), o));
    kinds.put("running-thread", o -> daemon(() -> run(o)));
    kinds.put("sleeping-thread", o -> daemon(() -> sleep(o)));
    kinds.put("parked-with-timeout", o -> daemon(() -> park(o)));
    kinds.put(
        "thread-local",
        o -> daemon(() -> {
          ThreadLocal<Object> local = new ThreadLocal<>();
          local.set(o);
          sleep(local);
        }));
    kinds.put("thread-subclass", o -> new Kept(new Worker(o)));
    kinds.put("waiting-pool", o -> new Kept(poolWith(o)));
    kinds.put(
        "timer",
        o -> Kept.TIMER.schedule(
            new TimerTask() {
              @Override
              public void run() {
                use(o);
              }
            },
            TimeUnit.HOURS.toMillis(1)));
    kinds.put("scheduled-task", o -> Kept.SCHEDULER.schedule(() -> use(o), 1, TimeUnit.HOURS));
    kinds.put(
        "delayed-future",
        o -> CompletableFuture.runAsync(
            () -> use(o), CompletableFuture.delayedExecutor(1, TimeUnit.HOURS)));
    kinds.put("queue-of-live-consumer", o -> {
      LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of(o));
      daemon(() -> sleep(queue));
    });
    kinds.put("woken-by-timed", o -> {
      // Held by one that waits without a timeout, for one that will wake it.
      CompletableFuture<String> trigger = new CompletableFuture<>();
      daemon(() -> {
        trigger.join();
        use(o);
      });
      daemon(() -> {
        sleep(o);
        trigger.complete("now");
      });
    });
    return kinds;
  }

  /** Every kind that the garbage collector may break. */
  static Map<String, Holder> weak() {
    Map<String, Holder> kinds = new LinkedHashMap<>();
    kinds.put("weak-reference", o -> new Kept(new WeakReference<>(o)));
    kinds.put("soft-reference", o -> new Kept(new SoftReference<>(o)));
    kinds.put("weak-map-key", o -> Kept.WEAK.put(o, "value"));
    return kinds;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "holder");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Object held) {
    while (true) {
      Thread.onSpinWait();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      use(held);
    }
  }

  private static void sleep(Object held) {
    try {
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    use(held);
  }

  private static void park(Object held) {
    LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
    use(held);
  }

  private static MethodHandle bound(Object object) {
    return MethodHandles.constant(Object.class, object);
  }

  private static ExecutorService poolWith(Object object) {
    ExecutorService pool = Executors.newFixedThreadPool(1, task -> {
      Thread thread = new Thread(task, "holder-pool");
      thread.setDaemon(true);
      return thread;
    });
    pool.execute(() -> sleep(object));
    return pool;
  }

  static void use(Object object) {
    if (object.hashCode() == Integer.MIN_VALUE) {
      System.out.println(object);
    }
  }

  /** In a static list from its construction on. */
  final class Kept {
    static final List<Object> ALL = Collections.synchronizedList(new ArrayList<>());
    static final Map<Object, Object> WEAK = Collections.synchronizedMap(new WeakHashMap<>());
    static final Cleaner CLEANER = Cleaner.create();
    static final Timer TIMER = new Timer("holder-timer", true);
    static final ScheduledExecutorService SCHEDULER = Executors.newScheduledThreadPool(1, task -> {
      Thread thread = new Thread(task, "holder-scheduler");
      thread.setDaemon(true);
      return thread;
    });

    final Object object;

    Kept(Object object) {
      this.object = object;
      ALL.add(this);
    }
  }

  /** A thread that has something of its own, and sleeps. */
  final class Worker extends Thread {
    final Object own;

    Worker(Object own) {
      super("holder-worker");
      this.own = own;
      setDaemon(true);
    }
  }

  /** Values that hang on a class. */
  final class Values extends ClassValue<List<Object>> {
    private static final Values VALUES = new Values();

    static Object of(Object object) {
      VALUES.get(Values.class).add(object);
      return "kept";
    }

    @Override
    protected List<Object> computeValue(Class<?> type) {
      return new ArrayList<>();
    }
  }
}
