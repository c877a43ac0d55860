package io.leakwatch.jdks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the JDKs of a machine: one for each feature version from 17 on.
 *
 * <p>The JDK that runs this comes first, then what the property {@code leakwatch.jdks} names, then the environment
 * variables {@code JAVA_HOME_*}, then the usual install folders. The first of a feature version is used.
 */
public final class JdkSearch {
  /** The feature versions that must not be passed over in silence. */
  private static final List<Integer> WANTED = List.of(17, 25);

  private static final int OLDEST = 17;

  private final List<Path> candidates;
  private final TreeMap<Integer, Jdk> byFeature = new TreeMap<>();

  /**
   * Searches.
   *
   * @param current the home of the JDK that runs this
   * @param more homes to add
   * @param environment the environment variables
   * @param installFolders folders that hold homes
   */
  JdkSearch(
      Path current, List<Path> more, Map<String, String> environment, List<Path> installFolders) {
    List<Path> homes = new ArrayList<>();
    homes.add(current);
    homes.addAll(more);
    new TreeMap<>(environment).forEach((name, value) -> {
      if (name.startsWith("JAVA_HOME_")) {
        homes.add(Path.of(value));
      }
    });
    installFolders.forEach(folder -> homes.addAll(children(folder)));
    candidates = List.copyOf(homes);
    candidates.forEach(home -> jdkAt(home)
        .or(() -> jdkAt(home.resolve("Contents/Home")))
        .filter(jdk -> jdk.feature() >= OLDEST)
        .ifPresent(jdk -> byFeature.putIfAbsent(jdk.feature(), jdk)));
  }

  /** In the environment and the usual install folders of this machine. */
  public static JdkSearch onThisMachine() {
    String more = System.getProperty("leakwatch.jdks", "");
    Path user = Path.of(System.getProperty("user.home"));
    return new JdkSearch(
        Path.of(System.getProperty("java.home")),
        Stream.of(more.split(Pattern.quote(File.pathSeparator), -1))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .toList(),
        System.getenv(),
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/opt/jdk"),
            user.resolve(".jdks"),
            user.resolve(".sdkman/candidates/java"),
            Path.of("/Library/Java/JavaVirtualMachines")));
  }

  /** What was found, the oldest first. */
  public List<Jdk> found() {
    return List.copyOf(byFeature.values());
  }

  /** What is used and what is skipped, in a few lines. */
  public String describe() {
    Stream<String> used =
        byFeature.values().stream().map(jdk -> "Tested on " + jdk + " in " + jdk.home());
    Stream<String> skipped = WANTED.stream()
        .filter(feature -> !byFeature.containsKey(feature))
        .map(feature -> "SKIPPED: JDK " + feature + " is not installed here");
    return Stream.concat(used, skipped).collect(Collectors.joining("\n"));
  }

  /**
   * Folders that bear the number of a wanted feature version in their name, although no JDK of that version is used:
   * installed, it seems, but broken or not recognised.
   */
  List<Path> passedOver() {
    return WANTED.stream()
        .filter(feature -> !byFeature.containsKey(feature))
        .flatMap(feature -> candidates.stream().filter(home -> bearsNumber(home, feature)))
        .toList();
  }

  private static boolean bearsNumber(Path home, int feature) {
    String name = String.valueOf(home.getFileName());
    return Pattern.compile("(?<![0-9._])" + feature + "(?![0-9])").matcher(name).find();
  }

  private static Collection<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Jdk> jdkAt(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java"))
        || !Files.isExecutable(home.resolve("bin/javac"))
        || !Files.isReadable(release)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
      String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
      int feature = Runtime.Version.parse(version).feature();
      return Optional.of(new Jdk(feature, version, home.toRealPath()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
