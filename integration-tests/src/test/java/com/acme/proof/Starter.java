package com.acme.proof;

import java.util.List;

/** Starts threads of one kind. */
@FunctionalInterface
interface Starter {
  Thread unstarted(String name, Runnable task);

  default Thread start(String name, Runnable task) {
    Thread thread = unstarted(name, task);
    thread.start();
    return thread;
  }

  /** Makes threads of a kind, and adds each to a list. */
  static Starter of(String kind, List<Thread> made) {
    Starter starter = kind.equals("virtual") ? Starter::virtual : Starter::platform;
    return (name, task) -> {
      Thread thread = starter.unstarted(name, task);
      made.add(thread);
      return thread;
    };
  }

  private static Thread platform(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** By reflection: this is compiled for JDK 17. */
  private static Thread virtual(String name, Runnable task) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
      Object named = type.getMethod("name", String.class).invoke(builder, name);
      return (Thread) type.getMethod("unstarted", Runnable.class).invoke(named, task);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
