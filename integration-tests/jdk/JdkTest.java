import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code @run} of a test of the JDK, as its comment describes it in the language of jtreg (the tags that the tests of
 * threads use: {@code @test id}, {@code @modules}, {@code @library}, {@code @requires}, {@code @enablePreview},
 * {@code @run}).
 *
 * @param name folder, file and id, such as {@code java/lang/Thread/virtual/Parking.java#Xint}
 * @param file its source
 * @param modules such as {@code java.base/java.lang:+open}
 * @param libraries folders from the tests' root ({@code /test/lib}) or the test's own
 * @param kind {@code main}, {@code junit} or {@code testng}
 * @param isNative whether it loads a library of its own
 * @param policy file beside it with what a security manager allows; empty for no such manager
 * @param vmArgs for the JVM
 * @param main the class to run
 * @param args for that class
 * @param skipped why it is not run; empty when it is
 */
record JdkTest(
    String name,
    Path file,
    List<String> modules,
    List<String> libraries,
    boolean enablePreview,
    boolean buildsAll,
    String kind,
    boolean isNative,
    String policy,
    List<String> vmArgs,
    String main,
    List<String> args,
    String skipped) {

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern TAG =
      Pattern.compile("^@(\\w+(?:/\\S+)?)\\s*(.*?)(?=^@\\w|\\z)", Pattern.DOTALL | Pattern.MULTILINE);

  /** Flags that are two words. */
  private static final List<String> WITH_VALUE = List.of(
      "--add-opens", "--add-exports", "--add-modules", "--add-reads", "--limit-modules", "-cp", "-classpath");

  /** Every run that a file describes; none when it is no test. */
  static List<JdkTest> of(Path root, Path file) throws IOException {
    List<JdkTest> tests = new ArrayList<>();
    String source = Files.readString(file);
    String folderAndFile = root.resolve("jdk").relativize(file).toString();
    for (Matcher comment = COMMENT.matcher(source); comment.find(); ) {
      String text = comment.group().replaceAll("(?m)^\\s*/?\\*+/? ?", "").replaceAll("(?m)^\\s+(?=@)", "");
      if (Pattern.compile("^@test\\b", Pattern.MULTILINE).matcher(text).find()) {
        read(folderAndFile, file, text, tests);
      }
    }
    return tests;
  }

  private static void read(String folderAndFile, Path file, String text, List<JdkTest> tests) {
    List<String> modules = new ArrayList<>();
    List<String> libraries = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    String id = "";
    String skipped = "";
    boolean preview = false;
    boolean buildsAll = false;
    for (Matcher tag = TAG.matcher(text); tag.find(); ) {
      String value = tag.group(2).strip().replaceAll("\\s+", " ");
      switch (tag.group(1)) {
        case "test" -> id = value.startsWith("id=") ? "#" + value.substring(3).split(" ")[0] : "";
        case "modules" -> modules.addAll(List.of(value.split(" ")));
        case "library" -> libraries.addAll(List.of(value.split(" ")));
        case "enablePreview" -> preview = true;
        case "build" -> buildsAll |= value.equals("*");
        case "requires" -> skipped = value.matches(".*vm\\.debug == true.*") ? "needs a debug JVM" : skipped;
        case "run" -> runs.add(value);
        default -> skipped = tag.group(1).startsWith("compile/") ? "needs " + tag.group(1) : skipped;
      }
    }
    if (runs.isEmpty()) {
      runs.add("main " + file.getFileName().toString().replace(".java", ""));
    }
    for (int i = 0; i < runs.size(); i++) {
      String name = folderAndFile + id + (runs.size() > 1 ? "@" + (i + 1) : "");
      List<String> words = new ArrayList<>(Arrays.asList(runs.get(i).split(" ")));
      String[] kind = words.remove(0).split("/");
      List<String> vmArgs = new ArrayList<>();
      while (!words.isEmpty() && words.get(0).startsWith("-")) {
        boolean withValue = WITH_VALUE.contains(words.get(0));
        vmArgs.add(words.remove(0));
        if (withValue) {
          vmArgs.add(words.remove(0));
        }
      }
      String action = kind[0].equals("driver") ? "main" : kind[0];
      List<String> modifiers = Arrays.asList(kind);
      String why = skipped;
      if (!List.of("main", "junit", "testng").contains(action)) {
        why = "is a @run " + action;
      } else if (modifiers.contains("manual")) {
        why = "is a @run " + String.join("/", kind);
      }
      if (why.startsWith("is a @run build") || words.isEmpty()) {
        continue;
      }
      tests.add(new JdkTest(
          name,
          file,
          modules,
          libraries,
          preview || vmArgs.contains("--enable-preview"),
          buildsAll,
          action,
          // The others with such a flag use the native part of the shared library of tests.
          modifiers.contains("native") || vmArgs.contains("--enable-native-access=ALL-UNNAMED"),
          modifiers.stream()
              .filter(modifier -> modifier.startsWith("policy="))
              .map(modifier -> modifier.substring("policy=".length()))
              .findFirst()
              .orElse(""),
          vmArgs,
          words.get(0),
          words.subList(1, words.size()),
          why));
    }
  }

  /** The flags that its {@code @modules} stand for. */
  List<String> moduleArgs() {
    List<String> flags = new ArrayList<>();
    for (String module : modules) {
      String[] parts = module.split(":");
      if (parts[0].contains("/")) {
        flags.addAll(List.of("--add-exports", parts[0] + "=ALL-UNNAMED"));
        if (parts.length > 1 && parts[1].contains("open")) {
          flags.addAll(List.of("--add-opens", parts[0] + "=ALL-UNNAMED"));
        }
      } else {
        flags.addAll(List.of("--add-modules", parts[0]));
      }
    }
    return flags;
  }
}
