package io.leakwatch.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What well-known libraries start is the test's that uses them: closed it is forgotten, not closed it is told. */
class LibrariesIT {
  @Test
  void closedTheyAreCleanAndNotClosedTheyAreToldWithTheLine() {
    SuiteRun run = SuiteRun.of("LibrarySuite");

    assertThat(run.message("httpClientClosed()")).isEmpty();
    assertThat(run.message("httpClientNotClosed()"))
        .contains("executor never shut down")
        .contains("com.acme.suites.LibrarySuite.ask(LibrarySuite.java:");
    assertThat(run.message("connectionPoolClosed()")).isEmpty();
    assertThat(run.message("connectionPoolNotClosed()"))
        .contains("executor never shut down")
        .contains("com.acme.suites.LibrarySuite.connectionPoolNotClosed(LibrarySuite.java:");
    assertThat(run.message("schedulerClosed()")).isEmpty();
    assertThat(run.message("schedulerNotClosed()"))
        .contains("thread left running")
        .contains("com.acme.suites.LibrarySuite.schedule(LibrarySuite.java:");
    assertThat(run.message("LibrarySuite")).isEmpty();
  }

  @Test
  void whatIsInASpringContextIsNoTests() {
    SuiteRun run = SuiteRun.of("SpringSuite");

    assertThat(run.message("usesThePool()")).isEmpty();
    assertThat(run.message("leavesATaskInIt()"))
        .contains("task left running")
        .contains("com.acme.suites.SpringSuite.leavesATaskInIt(SpringSuite.java:")
        .doesNotContain("executor never shut down");
    assertThat(run.message("SpringSuite")).isEmpty();
  }
}
