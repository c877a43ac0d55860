package io.leakwatch.leakbench;

import io.leakwatch.jdks.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Compiles programs when they are to be run: some need a newer JDK than the build. Thread-safe.
 *
 * <p>Each is compiled once, by the oldest JDK that can, against the libraries of its leaky variant.
 */
final class CompiledCases {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path cases;
  private final Path work;
  private final List<Jdk> compilers;
  private final ClassPaths libraries;
  private final ConcurrentHashMap<Path, Path> compiled = new ConcurrentHashMap<>();

  /**
   * @param cases the folder of all programs; what they share is in {@code harness}
   * @param work gets the classes
   * @param compilers the JDKs to compile with, the oldest first
   */
  CompiledCases(Path cases, Path work, List<Jdk> compilers) {
    this.compilers = List.copyOf(compilers);
    this.cases = cases;
    this.work = work;
    libraries = new ClassPaths(work.resolve("libraries"));
  }

  /** Resolves the libraries of programs that are about to run. */
  void prepare(List<LeakCase> wanted) throws IOException {
    Set<List<String>> sets = new LinkedHashSet<>();
    for (LeakCase leakCase : wanted) {
      sets.add(leakCase.deps());
      sets.add(leakCase.depsClean());
    }
    Files.createDirectories(work.resolve("libraries"));
    libraries.resolve(sets);
  }

  /**
   * The class path that a program runs with. Compiles it if that was not done yet.
   *
   * @throws IllegalStateException with what the compiler says, if it does not compile
   */
  String classPath(LeakCase leakCase, Variant variant) {
    Path classes = work.resolve("classes");
    Path harness =
        compile(compilers.get(0), cases.resolve("harness"), classes.resolve("harness"), "");
    Jdk jdk = compilers.stream()
        .filter(compiler -> compiler.feature() >= leakCase.jdk())
        .findFirst()
        .orElseThrow();
    String compileWith = joined(harness.toString(), libraries.of(leakCase.deps()));
    Path program = compile(jdk, leakCase.sources(), classes.resolve(leakCase.id()), compileWith);
    return joined(program.toString(), harness.toString(), libraries.of(leakCase.depsOf(variant)));
  }

  private Path compile(Jdk jdk, Path sources, Path target, String classPath) {
    return compiled.computeIfAbsent(target, ignored -> {
      try (Stream<Path> files = Files.list(sources)) {
        Files.createDirectories(target);
        List<String> command = new ArrayList<>(
            List.of(jdk.tool("javac"), "-g", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-d"));
        command.add(target.toAbsolutePath().toString());
        command.addAll(List.of("-cp", classPath));
        files
            .filter(file -> file.toString().endsWith(".java"))
            .sorted()
            .forEach(file -> command.add(file.toAbsolutePath().toString()));
        Command.require(command, target.resolveSibling(target.getFileName() + ".out"), LIMIT);
        return target.toAbsolutePath();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static String joined(String... parts) {
    return String.join(
        File.pathSeparator, Stream.of(parts).filter(part -> !part.isEmpty()).toList());
  }
}
