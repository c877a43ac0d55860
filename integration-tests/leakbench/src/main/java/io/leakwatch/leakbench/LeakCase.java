package io.leakwatch.leakbench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program of the benchmark, as its {@code case.json} tells it. Immutable.
 *
 * @param id {@code p…} (platform threads, executors), {@code v…} (virtual threads) or {@code h…} (hard negative)
 * @param title what it does wrong, or what looks like a leak and is none
 * @param main its main class
 * @param jdk the oldest feature version that it compiles and runs on
 * @param kind {@code platform}, {@code executor} or {@code virtual}: what is leaked
 * @param taxonomy the class of mistake
 * @param deps its libraries, {@code group:artifact:version}
 * @param depsClean the libraries of the clean variant where the mistake is the library's own; else the same as deps
 * @param jvmArgs further arguments for the JVM
 * @param rootCause the method with the mistake; null for a hard negative
 * @param startSites application methods on the stack that starts a leaked thread
 * @param waitSites application methods on the stack of a leaked thread
 * @param census a part of the name or of the frames of leaked threads, where other threads come and go beside them
 * @param citations public reports that it is modelled after
 * @param folder where its source files are
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LeakCase(
    String id,
    String title,
    String main,
    int jdk,
    String kind,
    String taxonomy,
    List<String> deps,
    List<String> depsClean,
    List<String> jvmArgs,
    @Nullable String rootCause,
    List<String> startSites,
    List<String> waitSites,
    @Nullable String census,
    List<String> citations,
    @Nullable Path folder) {

  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  LeakCase {
    deps = orEmpty(deps);
    depsClean = orEmpty(depsClean).isEmpty() ? deps : orEmpty(depsClean);
    jvmArgs = orEmpty(jvmArgs);
    startSites = orEmpty(startSites);
    waitSites = orEmpty(waitSites);
    citations = orEmpty(citations);
  }

  /**
   * Reads all programs of a folder, ordered by id.
   *
   * @throws UncheckedIOException if one cannot be read
   */
  static List<LeakCase> readAll(Path cases) {
    try (Stream<Path> folders = Files.list(cases)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("case.json")))
          .sorted()
          .map(LeakCase::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LeakCase read(Path folder) {
    try {
      LeakCase told = JSON.readValue(folder.resolve("case.json").toFile(), LeakCase.class);
      return new LeakCase(
          told.id,
          told.title,
          told.main,
          told.jdk,
          told.kind,
          told.taxonomy,
          told.deps,
          told.depsClean,
          told.jvmArgs,
          told.rootCause,
          told.startSites,
          told.waitSites,
          told.census,
          told.citations,
          folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isHardNegative() {
    return id.startsWith("h");
  }

  /** A hard negative has a clean variant only. */
  List<Variant> variants() {
    return isHardNegative() ? List.of(Variant.CLEAN) : List.of(Variant.LEAKY, Variant.CLEAN);
  }

  List<String> depsOf(Variant variant) {
    return variant == Variant.CLEAN ? depsClean : deps;
  }

  /** The application methods that are a right answer. */
  List<String> rightSites() {
    return Stream.of(Stream.ofNullable(rootCause), startSites.stream(), waitSites.stream())
        .flatMap(sites -> sites)
        .distinct()
        .toList();
  }

  /** Where its source files are. */
  Path sources() {
    return Objects.requireNonNull(folder);
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
