package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.sample.ThreadDetail;
import java.util.List;
import org.junit.jupiter.api.Test;

class CulpritsTest {
  private static final CodeOwners ACME = name -> name.startsWith("com.acme.");
  private static final CodeOwners NOBODY = name -> false;

  private static final List<StackTraceElement> MADE_BY_A_LIBRARY = List.of(
      frame("java.util.concurrent.ThreadPoolExecutor", "<init>", "ThreadPoolExecutor.java", 1312),
      frame("okhttp3.ConnectionPool", "<init>", "ConnectionPool.java", 68),
      frame("okhttp3.OkHttpClient", "<init>", "OkHttpClient.java", 191),
      frame("com.acme.PointStore", "write", "PointStore.java", 33),
      frame("com.acme.Server", "serve", "Server.java", 7));
  private static final List<ThreadDetail> WAITS_IN_A_LIBRARY = List.of(new ThreadDetail(
      "evictor",
      true,
      Thread.State.TIMED_WAITING,
      List.of(
          frame("java.lang.Object", "wait", "Object.java", 338),
          frame("okhttp3.ConnectionPool$1", "run", "ConnectionPool.java", 67))));

  @Test
  void theApplicationsLineThatUsesTheLibraryComesFirst() {
    assertThat(Culprits.suspects(MADE_BY_A_LIBRARY, WAITS_IN_A_LIBRARY, ACME))
        .containsExactly(
            "com.acme.PointStore.write(PointStore.java:33)",
            "com.acme.Server.serve(Server.java:7)",
            "okhttp3.ConnectionPool.<init>(ConnectionPool.java:68)",
            "okhttp3.ConnectionPool$1.run(ConnectionPool.java:67)");
  }

  @Test
  void withoutTheApplicationTheLibraryIsAllThereIs() {
    assertThat(Culprits.suspects(MADE_BY_A_LIBRARY, List.of(), NOBODY))
        .containsExactly(
            "okhttp3.ConnectionPool.<init>(ConnectionPool.java:68)",
            "okhttp3.OkHttpClient.<init>(OkHttpClient.java:191)",
            "com.acme.PointStore.write(PointStore.java:33)",
            "com.acme.Server.serve(Server.java:7)");
  }

  @Test
  void theApplicationsLineThatWaitsComesFirstWhereALibraryCreatesForEverybody() {
    CodeOwners handlers = name -> name.equals("com.acme.QuoteService");

    assertThat(Culprits.suspects(MADE_BY_A_LIBRARY, Histories.waiting(), handlers))
        .containsExactly(
            "com.acme.QuoteService.poll(QuoteService.java:57)",
            "okhttp3.ConnectionPool.<init>(ConnectionPool.java:68)");
  }

  @Test
  void theLineThatWaitsIsAllThereIsWhereTheCreatorIsUnknown() {
    assertThat(Culprits.suspects(List.of(), Histories.waiting(), ACME))
        .containsExactly("com.acme.QuoteService.poll(QuoteService.java:57)");
  }

  @Test
  void theFingerprintDoesNotDependOnWhoOwnsWhat() {
    assertThat(Culprits.fingerprintFrames(MADE_BY_A_LIBRARY, WAITS_IN_A_LIBRARY, "x"))
        .first()
        .isEqualTo("okhttp3.ConnectionPool.<init>(ConnectionPool.java:68)");
  }

  @Test
  void theClassStandsForAFingerprintWithoutFrames() {
    assertThat(Culprits.fingerprintFrames(List.of(), List.of(), "com.acme.Poller"))
        .containsExactly("com.acme.Poller");
  }
}
