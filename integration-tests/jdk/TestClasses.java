import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the tests, each into a folder of its own, with the JDK that runs this. */
final class TestClasses {
  private final Path root;
  private final Path work;
  private final String jars;
  private final Map<Path, Path> compiled = new HashMap<>();

  TestClasses(Path root, Path work, String jars) {
    this.root = root;
    this.work = work;
    this.jars = jars;
  }

  /** The folder of a test's classes; throws with the compiler's words when it does not compile. */
  Path of(JdkTest test) throws IOException {
    Path done = compiled.get(test.file());
    if (done != null) {
      return done;
    }
    Path classes = work.resolve("classes").resolve(test.file().getFileName() + "-" + compiled.size());
    Files.createDirectories(classes);
    List<String> sourcePath = new ArrayList<>();
    sourcePath.add(test.file().getParent().toString());
    for (String library : test.libraries()) {
      Path folder = library.startsWith("/test/")
          ? root.resolve(library.substring("/test/".length()))
          : library.startsWith("/")
              ? root.resolve("jdk").resolve(library.substring(1))
              : test.file().resolveSibling(library);
      sourcePath.add(folder.normalize().toString());
    }
    List<String> args = new ArrayList<>(List.of(
        "-nowarn",
        "-proc:none",
        "-encoding",
        "UTF-8",
        "-d",
        classes.toString(),
        "-cp",
        jars,
        "-sourcepath",
        String.join(":", sourcePath)));
    if (test.enablePreview()) {
      args.addAll(List.of("--enable-preview", "--source", "" + Runtime.version().feature()));
    }
    List<String> flags = test.moduleArgs();
    for (int i = 0; i < flags.size(); i += 2) {
      // The compiler needs no opens.
      if (!flags.get(i).equals("--add-opens")) {
        args.addAll(flags.subList(i, i + 2));
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    StringWriter words = new StringWriter();
    if (!compiler
        .getTask(words, null, null, args, null, files.getJavaFileObjectsFromStrings(sources(test)))
        .call()) {
      throw new IOException("does not compile: "
          + words.toString().lines().filter(line -> line.contains("error")).findFirst().orElse(""));
    }
    if (test.isNative()) {
      compileNative(test, classes);
    }
    compiled.put(test.file(), classes);
    return classes;
  }

  private static List<String> sources(JdkTest test) throws IOException {
    if (!test.buildsAll()) {
      return List.of(test.file().toString());
    }
    try (Stream<Path> files = Files.list(test.file().getParent())) {
      return files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    }
  }

  private void compileNative(JdkTest test, Path classes) throws IOException {
    List<Path> sources;
    try (Stream<Path> own = Files.list(test.file().getParent());
        Stream<Path> shared = Files.walk(root.resolve("lib"))) {
      sources = Stream.concat(own, shared)
          .filter(file -> file.getFileName().toString().matches("lib\\w+\\.c"))
          .collect(Collectors.toList());
    }
    String home = System.getProperty("java.home");
    for (Path source : sources) {
      Path library = classes.resolve(source.getFileName().toString().replace(".c", ".so"));
      Process gcc = new ProcessBuilder(
              "gcc",
              "-shared",
              "-fPIC",
              "-w",
              "-I" + home + "/include",
              "-I" + home + "/include/linux",
              "-I" + root.resolve("lib/native"),
              "-o",
              library.toString(),
              source.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        gcc.waitFor();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
