package io.leakwatch.benchmarks.cost.program;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

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

  /**
   * So many tasks, in an order that is random, and the same each time: no application meets its classes in the order in which
   * they were made, in which the processor fetches what is known of them before anybody asks.
   */
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
    Collections.shuffle(Arrays.asList(tasks), new Random(42));
    return tasks;
  }
}
