package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.acme.QuoteService;
import io.leakwatch.registry.FieldWalk;
import io.leakwatch.registry.LaterJdk;
import io.leakwatch.registry.Parking;
import io.leakwatch.registry.PlatformThreads;
import io.leakwatch.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real threads, beside whatever other threads the JVM of the tests has. */
class SamplerTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private static final String DUMP = "heap dump of 12:00";

  private final Registry registry = new Registry(64);
  private final Sampler sampler = new Sampler(registry, null, 64, null, name -> true);
  private final Parking parking = new Parking();
  private final List<ExecutorService> pools = new ArrayList<>();
  private final List<Thread> started = new ArrayList<>();
  private int samples;

  @AfterEach
  void endThreads() throws InterruptedException {
    parking.end();
    pools.forEach(ExecutorService::shutdown);
    for (Thread thread : started) {
      thread.join();
    }
    for (ExecutorService pool : pools) {
      assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void numbersItsSamplesAndPassesOnTheirTimes() {
    Sample first = sampler.take(START, Duration.ZERO);
    Sample second = sampler.take(START.plusSeconds(10), Duration.ofSeconds(10));

    assertThat(first.index()).isZero();
    assertThat(second.index()).isEqualTo(1);
    assertThat(second.time()).isEqualTo(START.plusSeconds(10));
    assertThat(second.elapsed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(second.platformThreads()).isPositive();
    assertThat(second.liveThreads())
        .isEqualTo(second.threads().stream().mapToLong(SiteThreads::count).sum());
  }

  @Test
  void groupsThreadsByTheirSite() {
    Runnable task = () -> parking.park();
    startQuotes(3, task);
    started.add(QuoteService.refresh(new Thread(task, "refresh"), registry.threads()::onStart));

    Sample sample = take();

    SiteThreads quotes = groupMadeBy(sample, "quote");
    assertThat(quotes.count()).isEqualTo(3);
    assertThat(quotes.names()).containsExactly("quote-0", "quote-1", "quote-2");
    assertThat(quotes.details()).extracting(ThreadDetail::name).isEqualTo(quotes.names());
    assertThat(quotes.taskClass()).isEqualTo("io.leakwatch.sample.SamplerTest$$Lambda");
    assertThat(quotes.virtual()).isFalse();
    assertThat(quotes.executor()).isNull();
    assertThat(groupMadeBy(sample, "refresh").count()).isEqualTo(1);
  }

  @Test
  void datesThreadsByTheSampleThatSawThemFirst() throws InterruptedException {
    Runnable task = () -> parking.park();
    Parking brief = new Parking();
    Runnable briefTask = () -> brief.park();
    startQuotes(2, task);
    assertThat(groupMadeBy(take(), "quote").cohorts()).hasToString("born: 0=2");

    startQuotes(1, task);
    List<Thread> leaving = startQuotes(3, briefTask);
    assertThat(groupMadeBy(take(), "quote").cohorts()).hasToString("born: 0=2 1=4");

    brief.end();
    for (Thread thread : leaving) {
      thread.join();
    }
    startQuotes(1, task);
    assertThat(groupMadeBy(take(), "quote").cohorts()).hasToString("born: 0=2 1=1 2=1");
  }

  @Test
  void datesNothingByASampleThatSomebodyAskedFor() throws Exception {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) open();
    for (int i = 1; i <= 2; i++) {
      int done = i;
      pool.execute(() -> {});
      await().until(() -> pool.getCompletedTaskCount() == done);
      take();
    }

    Runnable task = () -> parking.park();
    startQuotes(1, task);
    for (int i = 0; i < 5; i++) {
      Sample extra = sampler.takeExtra(START, Duration.ofSeconds(samples));
      assertThat(extra.index()).isEqualTo(2);
      assertThat(groupMadeBy(extra, "quote").count()).isEqualTo(1);
    }

    startQuotes(1, task);
    Sample next = take();
    assertThat(next.index()).isEqualTo(2);
    assertThat(groupMadeBy(next, "quote").cohorts()).hasToString("born: 2=2");
    assertThat(executorsMadeBy(next, "open").open()).hasToString("born: 1=1");
  }

  @Test
  void givesAGroupTheSameNumberWhileItLives() throws InterruptedException {
    Runnable task = () -> parking.park();
    List<Thread> threads = startQuotes(1, task);
    long origin = groupMadeBy(take(), "quote").origin();
    assertThat(groupMadeBy(take(), "quote").origin()).isEqualTo(origin);

    parking.end();
    threads.get(0).join();
    assertThat(take().threads()).noneMatch(g -> isMadeBy(g.createdAt(), "quote"));
  }

  @Test
  void countsTheThreadsThatAProofIsAboutByTheirNumbers() throws InterruptedException {
    Runnable task = () -> parking.park();
    Parking brief = new Parking();
    List<Thread> quotes = startQuotes(2, task);
    List<Thread> leaving = startQuotes(1, () -> brief.park());
    long first = PlatformThreads.id(quotes.get(0));
    long second = PlatformThreads.id(quotes.get(1));
    long third = PlatformThreads.id(leaving.get(0));
    take();
    startQuotes(1, task);

    assertThat(groupMadeBy(take(), "quote").proof()).isNull();
    sampler.adopt(new ProvenThreads(DUMP, third, 0, List.of(first), List.of(first, second)));

    assertThat(groupMadeBy(take(), "quote").proof())
        .as("three of four were there")
        .isEqualTo(new SiteProof(DUMP, 1, 3, List.of()));
    assertThat(groupMadeBy(sampler.takeExtra(START, Duration.ofSeconds(samples)), "quote")
            .proof())
        .isEqualTo(new SiteProof(
            DUMP,
            1,
            3,
            List.of(new SiteProof.Found(Duration.ofSeconds(samples), List.of(first, second)))));

    brief.end();
    leaving.get(0).join();
    assertThat(groupMadeBy(take(), "quote").proof())
        .as("whoever has ended no longer counts")
        .isEqualTo(new SiteProof(DUMP, 1, 2, List.of()));

    parking.end();
    for (Thread thread : quotes) {
      thread.join();
    }
    take();
    startQuotes(1, () -> brief.park());
    assertThat(take().threads()).as("nothing is left of it").allMatch(g -> g.proof() == null);
  }

  @Test
  void countsTheThreadsOfExecutorsThatAProofIsAbout() throws Exception {
    open().execute(parking::park);
    Sample sample = take();
    SiteExecutors group = executorsMadeBy(sample, "open");
    assertThat(group.proof()).isNull();
    sampler.adopt(new ProvenThreads(DUMP, Long.MAX_VALUE, 0, List.of(), List.of(Long.MAX_VALUE)));

    assertThat(executorsMadeBy(take(), "open").proof())
        .isEqualTo(new SiteProof(DUMP, 0, 1, List.of()));
  }

  @Test
  void doesNotSeeThreadsOfExcludedNames() {
    Sampler excluding = new Sampler(registry, "quote-1"::equals, 64, null, name -> true);
    startQuotes(3, () -> parking.park());

    SiteThreads quotes = groupMadeBy(excluding.take(START, Duration.ZERO), "quote");

    assertThat(quotes.names()).containsExactly("quote-0", "quote-2");
    assertThat(quotes.count()).isEqualTo(2);
  }

  @Test
  void groupsExecutorsByTheirSiteAndTellsTheirThreads() throws Exception {
    for (int i = 0; i < 3; i++) {
      open().execute(parking::park);
    }
    ExecutorService shutDown = open();
    shutDown.execute(parking::park);
    shutDown.shutdown();
    open();
    for (int i = 0; i < 5; i++) {
      pools.get(0).execute(() -> {});
    }

    Sample sample = take();

    SiteExecutors group = executorsMadeBy(sample, "open");
    assertThat(group.noun()).isEqualTo("executor");
    assertThat(group.className()).isEqualTo("java.util.concurrent.ThreadPoolExecutor");
    assertThat(group.live()).isEqualTo(5);
    assertThat(group.shutDown()).isEqualTo(1);
    assertThat(group.open().total())
        .as("neither the one that was shut down nor the one without a thread")
        .isEqualTo(3);
    assertThat(group.threads()).isEqualTo(3);
    assertThat(group.names()).hasSize(4);
    assertThat(sample.queuedTasks())
        .as("and those of the pools that the test runner has")
        .isGreaterThanOrEqualTo(5);
    assertThat(sample.threads().stream()
            .filter(g -> worksFor(g, group))
            .mapToLong(SiteThreads::count)
            .sum())
        .isEqualTo(4);
  }

  @Test
  void groupsVirtualThreadsApart() throws Exception {
    Runnable task = () -> parking.park();
    for (int i = 0; i < 4; i++) {
      QuoteService.quote(
          LaterJdk.unstartedVirtual("virtual-" + i, task),
          t -> registry.threads().onVirtualCreated(t, task));
    }

    Sample sample = take();

    SiteThreads quotes = groupMadeBy(sample, "quote");
    assertThat(quotes.virtual()).isTrue();
    assertThat(quotes.count()).isEqualTo(4);
    assertThat(sample.virtualThreads()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void holdsNothingOfTheApplicationBetweenSamples() throws Exception {
    startQuotes(3, () -> parking.park());
    open().execute(parking::park);
    SampleHistory history = new SampleHistory(Duration.ZERO);
    history.add(take());
    history.add(take());

    assertThat(FieldWalk.held(sampler)).isEmpty();
    assertThat(FieldWalk.held(history)).isEmpty();
  }

  @Test
  void holdsNothingOfTheApplicationAfterASampleThatFailed() {
    startQuotes(3, () -> parking.park());
    Sampler failing = new Sampler(
        registry,
        name -> {
          if (name.equals("quote-2")) {
            throw new IllegalStateException("thrown on purpose");
          }
          return false;
        },
        64,
        null,
        name -> true);

    assertThatThrownBy(() -> failing.take(START, Duration.ZERO)).hasMessage("thrown on purpose");

    assertThat(FieldWalk.held(failing))
        .filteredOn(path -> !path.contains("excludedName"))
        .isEmpty();
  }

  @Test
  void looksDeepEnoughToTellWhereAThreadWaits() {
    Thread thread = startQuotes(1, () -> parking.park()).get(0);
    await().until(() -> thread.getState() == Thread.State.WAITING);

    ThreadDetail detail = groupMadeBy(take(), "quote").details().get(0);

    assertThat(detail.state()).isEqualTo(Thread.State.WAITING);
    assertThat(detail.stack())
        .anyMatch(f -> f.getClassName().equals(Parking.class.getName())
            && f.getMethodName().equals("park"));
  }

  private Sample take() {
    Duration elapsed = Duration.ofSeconds(samples++);
    return sampler.take(START.plus(elapsed), elapsed);
  }

  private List<Thread> startQuotes(int count, Runnable task) {
    List<Thread> quotes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      quotes.add(QuoteService.quote(new Thread(task, "quote-" + i), registry.threads()::onStart));
    }
    started.addAll(quotes);
    return quotes;
  }

  private ExecutorService open() throws Exception {
    ExecutorService pool =
        QuoteService.open(() -> Executors.newFixedThreadPool(1), registry.executors()::onCreated);
    pools.add(pool);
    return pool;
  }

  private static SiteThreads groupMadeBy(Sample sample, String method) {
    List<SiteThreads> groups =
        sample.threads().stream().filter(g -> isMadeBy(g.createdAt(), method)).toList();
    assertThat(groups.size()).isEqualTo(1);
    return groups.get(0);
  }

  private static SiteExecutors executorsMadeBy(Sample sample, String method) {
    List<SiteExecutors> groups =
        sample.executors().stream().filter(g -> isMadeBy(g.createdAt(), method)).toList();
    assertThat(groups.size()).isEqualTo(1);
    return groups.get(0);
  }

  private static boolean worksFor(SiteThreads threads, SiteExecutors executors) {
    SiteThreads.Owner owner = threads.executor();
    return owner != null && owner.origin() == executors.origin() && owner.noun().equals("executor");
  }

  private static boolean isMadeBy(List<StackTraceElement> createdAt, String method) {
    return createdAt.stream()
        .anyMatch(
            f -> f.getClassName().startsWith("com.acme.") && f.getMethodName().equals(method));
  }
}
