package io.leakwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GithubReporterTest {
  private static final String BLOCK =
      "%0A  2 executors (2 threads)%0A  suspect     com.acme.Quotes.load(Quotes.java:42)"
          + "%0A  waiting in  LinkedBlockingQueue.take, idle worker, no timeout"
          + "%0A  evidence    0 of 2 shut down%0A  fix         close it & be happy\n";

  private final RecordedOutput output = new RecordedOutput();
  private final Path repository;

  GithubReporterTest(@TempDir Path repository) {
    this.repository = repository;
  }

  @Test
  void saysEachOpenFindingAtItsLineInTheRepository() throws IOException {
    Path module = repository.resolve("shop");
    Path source = module.resolve("src/main/java/com/acme/Quotes.java");
    Files.createDirectories(source.getParent());
    Files.createFile(source);

    report(module);

    assertThat(output.text())
        .isEqualTo("::error file=shop/src/main/java/com/acme/Quotes.java,line=42,"
            + "title=Leakwatch%3A executor never shut down [7f3a9c21b0d4]::"
            + "LEAK CONFIRMED  executor never shut down                                     [7f3a9c21b0d4]"
            + BLOCK
            + "::warning file=shop/src/main/java/com/acme/Quotes.java,line=42,"
            + "title=Leakwatch%3A executor never shut down [0123456789ab]::"
            + "LEAK SUSPECTED  executor never shut down                                     [0123456789ab]"
            + BLOCK);
  }

  @Test
  void namesTheFileByItsPackageWhereTheSourceIsNotFound() throws IOException {
    report(repository);

    assertThat(output.text()).contains("::error file=com/acme/Quotes.java,line=42,");
  }

  @Test
  void saysNothingBeforeTheEnd() throws IOException {
    new GithubReporter(output, repository.toFile(), null, tracked -> true)
        .report(ReportBuilder.healthy().build());

    assertThat(output.text()).isEmpty();
  }

  private void report(Path workingFolder) throws IOException {
    new GithubReporter(
            output,
            workingFolder.toFile(),
            repository.toString(),
            tracked -> tracked.verdict().atLeast(Verdict.CONFIRMED))
        .report(FinalReports.withFindings().build());
  }
}
