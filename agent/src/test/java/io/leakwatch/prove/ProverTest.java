package io.leakwatch.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.leakwatch.finding.FindingKind;
import io.leakwatch.finding.ProofLevel;
import io.leakwatch.finding.ProvenFinding;
import io.leakwatch.finding.Redaction;
import io.leakwatch.finding.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves about this JVM, from a dump of its own heap. */
class ProverTest {
  private static final Redaction NOTHING_REDACTED = new Redaction(null);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void tellsWhatIsStuckFromWhatIsNot() throws Exception {
    long tid = stuck("prover-stuck");
    CountDownLatch kept = new CountDownLatch(1);
    // Not in a field of this class: what the agent's own packages hold does not count.
    System.getProperties().put("prover-kept", kept);
    start(new Thread(() -> await(kept), "prover-kept"));
    idlePool();
    Path dump = dump();

    Prover.Result unconfirmed = new Prover(false, "prover-kept", NOTHING_REDACTED)
        .prove(dump, "this JVM", null, Observation.NONE, percent -> {});
    ProvenFinding stuck = finding(unconfirmed, "prover-stuck");
    ProvenFinding pool = finding(unconfirmed, "prover-pool-1");

    assertThat(stuck.level()).isEqualTo(ProofLevel.PROVEN);
    assertThat(stuck.confirmed()).isFalse();
    assertThat(stuck.tracked().verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(stuck.tracked().finding().kind()).isEqualTo(FindingKind.NEVER_RUNS_AGAIN);
    assertThat(stuck.tracked().finding().suspects())
        .first()
        .asString()
        .startsWith("io.leakwatch.prove.ProverTest.await(ProverTest.java:");
    assertThat(stuck.tracked().finding().evidence().get(0))
        .startsWith("neither its Thread nor what it waits for (CountDownLatch$Sync@")
        .contains("objects that static fields, native code and the");
    assertThat(pool.tracked().finding().kind()).isEqualTo(FindingKind.EXECUTOR_NEVER_SHUT_DOWN);
    assertThat(pool.tracked().finding().summary())
        .isEqualTo("executor of 2 idle workers, unreachable: never shut down");
    assertThat(names(unconfirmed)).doesNotContain("prover-kept");
    assertThat(unconfirmed.why().get(0))
        .startsWith(
            "prover-kept is not proven to be stuck: what it waits for, CountDownLatch$Sync@")
        .endsWith(" is reached by");
    assertThat(unconfirmed.why())
        .anySatisfy(
            line -> assertThat(line).startsWith("  static java.lang.System.props -> Properties@"));
    System.getProperties().remove("prover-kept");

    Observation still =
        new Observation(Set.of(tid), true, tid, Stuck.NONE, Map.of(), Duration.ofSeconds(61));
    Prover.Result confirmed =
        new Prover(false, null, NOTHING_REDACTED).prove(dump, "this JVM", 1L, still, percent -> {});
    assertThat(finding(confirmed, "prover-stuck").tracked().verdict()).isEqualTo(Verdict.PROVEN);
    assertThat(finding(confirmed, "prover-stuck").tracked().finding().evidence())
        .last()
        .isEqualTo("it did not run within 61 s before the dump, nor since");
    assertThat(names(confirmed)).as("what ran is not stuck").doesNotContain("prover-pool-1");
  }

  @Test
  void whatKeepsAThreadIsToldWithoutWhatIsRedacted() throws Exception {
    CountDownLatch kept = new CountDownLatch(1);
    System.getProperties().put("prover-secret", kept);
    start(new Thread(() -> await(kept), "prover secret thread"));
    Path dump = dump();
    System.getProperties().remove("prover-secret");

    Redaction redaction =
        new Redaction(name -> name.contains("secret") || name.startsWith("java.lang.System"));
    List<String> why = new Prover(false, "prover secret thread", redaction)
        .prove(dump, "this JVM", null, Observation.NONE, percent -> {})
        .why();

    assertThat(why.get(0)).startsWith("[redacted] is not proven to be stuck: what it waits for,");
    assertThat(why)
        .anySatisfy(line -> assertThat(line).startsWith("  static [redacted] -> Properties@"));
  }

  @Test
  void countsThreadsAtMonitorsOfWhichNobodySaysWhoHoldsThem() throws Exception {
    Object monitor = new Object();
    Thread blocked = new Thread(
        () -> {
          synchronized (monitor) {
            monitor.notifyAll();
          }
        },
        "prover-blocked");
    Path dump;
    synchronized (monitor) {
      blocked.start();
      Awaitility.await().until(() -> blocked.getState() == Thread.State.BLOCKED);
      dump = dump();
    }
    Observation owned = new Observation(
        Set.of(),
        false,
        0,
        Stuck.NONE,
        Map.of(blocked.getId(), Thread.currentThread().getId()),
        Duration.ZERO);

    long unknown = ownerUnknown(dump, Observation.NONE);
    assertThat(unknown).isPositive();
    assertThat(ownerUnknown(dump, owned)).isEqualTo(unknown - 1);
  }

  private static long ownerUnknown(Path dump, Observation seen) throws IOException {
    return new Prover(false, null, NOTHING_REDACTED)
        .prove(dump, "this JVM", null, seen, percent -> {})
        .report()
        .ownerUnknown();
  }

  private static ProvenFinding finding(Prover.Result result, String thread) {
    return result.report().findings().stream()
        .filter(found -> found.threadNames().contains(thread))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Prover.Result result) {
    return result.report().findings().stream()
        .flatMap(f -> f.threadNames().stream())
        .toList();
  }

  private Path dump() throws IOException {
    Path dump = folder.resolve("own.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    return dump;
  }

  /** Nobody but the thread has its latch; only its number is handed out. */
  private static long stuck(String name) {
    Thread thread = new Thread(() -> await(new CountDownLatch(1)), name);
    start(thread);
    return thread.getId();
  }

  private static void idlePool() throws Exception {
    int[] made = {0};
    ExecutorService pool = Executors.newFixedThreadPool(2, task -> {
      Thread thread = new Thread(task, "prover-pool-" + ++made[0]);
      thread.setDaemon(true);
      return thread;
    });
    pool.submit(() -> 1).get();
    pool.submit(() -> 2).get();
    Awaitility.await()
        .until(() -> Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("prover-pool"))
            .allMatch(thread -> thread.getState() == Thread.State.WAITING));
  }

  private static void start(Thread thread) {
    thread.setDaemon(true);
    thread.start();
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
