package com.acme.programs;

import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Deploys an application as many times as its argument says, each time by a class loader of its own that starts threads and pools,
 * and undeploys it. Then tells how many of these loaders were collected, and what of the application the agent's objects
 * still hold, by following every strong reference from where the agent is kept.
 */
public final class KeptAlive {
  private static final ReferenceQueue<ClassLoader> COLLECTED = new ReferenceQueue<>();

  private KeptAlive() {}

  public static void main(String[] args) throws Exception {
    int times = Integer.parseInt(args[0]);
    byte[] bytes;
    try (InputStream in = KeptAlive.class.getResourceAsStream("KeptAlive$Deployed.class")) {
      bytes = in.readAllBytes();
    }
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      loaders.add(deploy(bytes));
    }
    Thread stays = new Thread(KeptAlive::stay, "stays");
    stays.setDaemon(true);
    stays.start();
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.execute(KeptAlive::stay);

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    int collected = 0;
    List<String> held = List.of("not looked at");
    while (System.nanoTime() < end && (collected < times || !held.isEmpty())) {
      System.gc();
      COLLECTED.remove(100);
      collected = (int) loaders.stream().filter(loader -> loader.get() == null).count();
      // A sample may be going on: what it looks at is held for that long.
      held = heldByTheAgent();
    }
    System.out.println(collected + " of " + times + " loaders were collected");
    System.out.println("held: " + held);
    System.exit(0);
  }

  /** What a loader defines. */
  public static final class Deployed implements Runnable {
    @Override
    public void run() {
      ExecutorService pool = Executors.newFixedThreadPool(1);
      pool.execute(new Nothing());
      pool.shutdown();
    }
  }

  /** The task of a pool of a deployment. */
  private static final class Nothing implements Runnable {
    @Override
    public void run() {
      Thread.onSpinWait();
    }
  }

  private static WeakReference<ClassLoader> deploy(byte[] bytes) throws Exception {
    ClassLoader loader = new ClassLoader(KeptAlive.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
          return name.equals(Deployed.class.getName()) && findLoadedClass(name) == null
              ? defineClass(name, bytes, 0, bytes.length)
              : super.loadClass(name, resolve);
        }
      }
    };
    Runnable task = (Runnable)
        loader.loadClass(Deployed.class.getName()).getDeclaredConstructor().newInstance();
    if (task.getClass().getClassLoader() != loader) {
      throw new IllegalStateException("not deployed by its own loader");
    }
    Thread thread = new Thread(task);
    thread.setContextClassLoader(loader);
    thread.start();
    thread.join();
    return new WeakReference<>(loader, COLLECTED);
  }

  private static void stay() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> heldByTheAgent() throws Exception {
    Walk walk = new Walk();
    walk.statics(Class.forName("io.leakwatch.LeakwatchAgent"));
    walk.statics(Class.forName("io.leakwatch.bootstrap.Hooks", true, null));
    return walk.run();
  }

  /** Breadth first, so that the path to what is found is a shortest one. */
  private static final class Walk {
    private record Step(Object object, String path) {}

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Step> open = new ArrayDeque<>();
    private final List<String> held = new ArrayList<>();
    private int agents;

    void statics(Class<?> type) {
      fields(type, null, type.getSimpleName());
    }

    List<String> run() {
      while (!open.isEmpty()) {
        Step step = open.poll();
        visit(step.object(), step.path());
      }
      if (agents < 100) {
        held.add("the walk has seen only " + agents + " objects of the agent");
      }
      return held;
    }

    private void visit(Object object, String path) {
      Class<?> type = object.getClass();
      if (isTheApplications(object, type)) {
        held.add(path + " is a " + type.getName());
      } else if (object instanceof Thread
          || object instanceof ThreadGroup
          || object instanceof Class
          || object instanceof ClassLoader
          || object instanceof Module) {
        // The agent's own, or the JDK's.
        return;
      } else if (type.isArray()) {
        for (int i = 0;
            !type.getComponentType().isPrimitive() && i < Array.getLength(object);
            i++) {
          add(Array.get(object, i), path + "[" + i + "]");
        }
      } else {
        agents += type.getName().startsWith("io.leakwatch.") ? 1 : 0;
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
          fields(c, object, path);
        }
      }
    }

    private void fields(Class<?> declaring, Object object, String path) {
      for (Field field : declaring.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) == (object == null)
            && !field.getType().isPrimitive()
            && declaring != Reference.class) {
          try {
            field.setAccessible(true);
            add(field.get(object), path + "." + field.getName());
          } catch (InaccessibleObjectException | IllegalAccessException e) {
            held.add(path + "." + field.getName() + " cannot be read");
          }
        }
      }
    }

    private void add(Object object, String path) {
      if (object != null && seen.add(object)) {
        open.add(new Step(object, path));
      }
    }

    private static boolean isTheApplications(Object object, Class<?> type) {
      if (object instanceof Thread thread) {
        return !thread.getName().startsWith("leakwatch-");
      }
      if (object instanceof Class<?> c) {
        return isTheApplications(c);
      }
      return object instanceof Executor
          || (object instanceof ClassLoader loader && isTheApplications(loader))
          || isTheApplications(type);
    }

    private static boolean isTheApplications(Class<?> type) {
      return !type.getName().startsWith("io.leakwatch.")
          && isTheApplications(type.getClassLoader());
    }

    private static boolean isTheApplications(ClassLoader loader) {
      return loader != null
          && loader != ClassLoader.getPlatformClassLoader()
          && !loader.getClass().getName().startsWith("io.leakwatch.");
    }
  }
}
