package io.leakwatch.benchmarks.cost.program;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * Tasks that do nothing, each of a class of its own that is made when it is needed: to the agent each is another place that
 * hands tasks in, as with lambda expressions and generated classes.
 */
final class TaskClasses {
  /** What the classes are copies of. */
  static final class Template implements Runnable {
    @Override
    public void run() {}
  }

  private TaskClasses() {}

  /** So many tasks. */
  static Runnable[] newTasks(int count) throws IOException {
    byte[] template;
    try (InputStream in = TaskClasses.class.getResourceAsStream("TaskClasses$Template.class")) {
      template = in.readAllBytes();
    }
    Runnable[] tasks = new Runnable[count];
    try {
      for (int i = 0; i < count; i++) {
        tasks[i] = (Runnable) MethodHandles.lookup()
            .defineHiddenClass(template, true)
            .lookupClass()
            .getDeclaredConstructor()
            .newInstance();
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no class of tasks could be made", e);
    }
    return tasks;
  }
}
