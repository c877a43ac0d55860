package io.leakwatch.benchmarks.cost.program;

/** The shortest program; with an argument it lives for so many milliseconds. */
public final class HelloWorld {
  private HelloWorld() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("Hello, world");
    if (args.length > 0) {
      Thread.sleep(Long.parseLong(args[0]));
    }
  }
}
