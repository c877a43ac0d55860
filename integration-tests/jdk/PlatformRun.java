import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a class of JUnit 3, 4, 5 or TestNG and writes a line for each test as it ends: its result, a tab, its name. */
public final class PlatformRun {
  private PlatformRun() {}

  /** With the file for the results and the name of the class as arguments; exits with 1 when a test failed. */
  public static void main(String[] args) throws IOException {
    try (PrintStream results = new PrintStream(Path.of(args[0]).toFile(), "UTF-8")) {
      boolean[] failed = new boolean[1];
      Launcher launcher = LauncherFactory.create();
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(args[1]))
              .build(),
          new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
              boolean bad = result.getStatus() == TestExecutionResult.Status.FAILED;
              if (test.isTest() || bad) {
                write(result.getStatus().toString(), test);
              }
              if (bad) {
                failed[0] = true;
                result.getThrowable().ifPresent(Throwable::printStackTrace);
              }
            }

            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
              write("SKIPPED", test);
            }

            private synchronized void write(String status, TestIdentifier test) {
              // Unique ids of parameterized tests count, display names may hold hash codes. In a suite of JUnit 3
              // the last part says it all: what is around it depends on the order in which methods are found.
              String id = test.getUniqueId().replaceAll("\\s", " ");
              results.println(status + "\t" + (id.contains("[runner:") ? id.substring(id.lastIndexOf("/[")) : id));
              results.flush();
            }
          });
      results.flush();
      System.exit(failed[0] ? 1 : 0);
    }
  }
}
