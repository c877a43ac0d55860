package io.leakwatch.registry;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** As many classes as a test wants; each goes when it is not used any more. */
final class HiddenClasses {
  private HiddenClasses() {}

  private static final class Task implements Runnable {
    @Override
    public void run() {}
  }

  static List<Class<?>> of(int count) throws Exception {
    byte[] code;
    try (InputStream in = Task.class.getResourceAsStream("HiddenClasses$Task.class")) {
      code = Objects.requireNonNull(in).readAllBytes();
    }
    List<Class<?>> classes = new ArrayList<>();
    while (classes.size() < count) {
      classes.add(MethodHandles.lookup().defineHiddenClass(code, false).lookupClass());
    }
    return classes;
  }
}
