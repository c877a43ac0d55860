package leakbench.p47;

import io.methvin.watcher.DirectoryWatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import leakbench.harness.Harness;

/** Each preview opens a template folder and watches it for changes. */
public final class TemplateDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p47", args);
    Path folder = Files.createTempDirectory("leakbench-templates");
    folder.toFile().deleteOnExit();
    h.drive(2, i -> {
      Preview preview = new Preview();
      preview.open(folder);
      Thread.sleep(50);
      if (!h.leaky()) {
        preview.close();
      }
    });
    h.finish();
  }
}

final class Preview {
  private DirectoryWatcher watcher;

  void open(Path folder) throws Exception {
    watcher = DirectoryWatcher.builder().path(folder).listener(event -> {}).build();
    watcher.watchAsync();
  }

  void close() throws Exception {
    watcher.close();
  }
}
