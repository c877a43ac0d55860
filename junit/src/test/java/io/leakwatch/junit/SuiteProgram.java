package io.leakwatch.junit;

import java.util.HashMap;
import java.util.Map;

/** Runs one suite in a JVM of its own: prints for each test whether it has passed, and else why. */
final class SuiteProgram {
  private SuiteProgram() {}

  public static void main(String[] args) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < args.length; i++) {
      String[] keyAndValue = args[i].split("=", 2);
      parameters.put(keyAndValue[0], keyAndValue[1]);
    }
    SuiteRun run = SuiteRun.of(args[0], parameters);
    run.results().forEach((name, failure) -> {
      System.out.println(name + (failure.isEmpty() ? " passed" : " failed"));
      failure.ifPresent(f -> System.out.println(f.getMessage()));
    });
    // The leaks are meant.
    System.exit(0);
  }
}
