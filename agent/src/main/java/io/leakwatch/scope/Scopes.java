package io.leakwatch.scope;

import io.leakwatch.bootstrap.ScopeHooks;
import io.leakwatch.bootstrap.ScopeService;
import io.leakwatch.config.KnownFindings;
import io.leakwatch.config.ScopeSettings;
import io.leakwatch.finding.Finding;
import io.leakwatch.registry.Registry;
import io.leakwatch.registry.Scope;
import io.leakwatch.registry.ScopeCensus;
import io.leakwatch.registry.ScopeCensus.Look;
import io.leakwatch.registry.ScopeRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens and ends scopes. The hooks that this needs are woven when the first scope is opened. Thread-safe: the account is
 * written by hooks, and a look is taken in turn with the sampler, on the thread that asks.
 */
public final class Scopes implements ScopeService {
  private static final long FIRST_PAUSE_NANOS = 200_000;
  private static final long SOON_NANOS = 20_000_000;
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  /** For how long to wait for tasks to begin when nothing else is left: most never will. */
  private static final Duration PATIENCE_WITH_PENDING = Duration.ofMillis(500);

  private final Registry registry;
  private final Executor turn;
  private final Runnable weaver;
  private final FindingParts parts;
  private final LeftoverFindings findings;
  private volatile @Nullable ScopeRegistry account;

  /**
   * Scopes of this JVM; nothing is woven yet.
   *
   * @param turn runs what it is given at once, on the thread that gives it, while the sampler does nothing
   * @param weaver weaves the hooks of {@link ScopeHooks}
   */
  public Scopes(
      Registry registry,
      Executor turn,
      Runnable weaver,
      LeftoverFindings findings,
      FindingParts parts) {
    this.registry = registry;
    this.turn = turn;
    this.weaver = weaver;
    this.findings = findings;
    this.parts = parts;
  }

  @Override
  public Object open(String name) {
    armed();
    return new Scope(name);
  }

  @Override
  public Object enter(Object scope) {
    return armed().enter((Scope) scope);
  }

  @Override
  public void leave(Object before) {
    armed().leave(before);
  }

  @Override
  public List<Map<String, Object>> close(Object closed, Map<String, String> settings) {
    Scope scope = (Scope) closed;
    ScopeSettings read = ScopeSettings.of(settings);
    // A test may leave its thread interrupted, which is its own business.
    boolean interrupted = Thread.interrupted();
    try {
      return isSoonClean(scope, read) ? List.of() : lookUntilClean(scope, read);
    } catch (InterruptedException e) {
      interrupted = true;
      return look(scope, read, Duration.ZERO).told();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public List<String> readKnown(String file, Consumer<String> warnings) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    KnownFindings known = KnownFindings.read(file, today);
    known.warnings().forEach(warnings);
    return known.acceptedOn(today);
  }

  /** Threads whose executor was shut down take a moment to end: for that long nobody need look closer. */
  private boolean isSoonClean(Scope scope, ScopeSettings settings) {
    ScopeCensus census = new ScopeCensus(registry, armed());
    Thread asker = Thread.currentThread();
    long begin = System.nanoTime();
    while (!census.isClean(scope, asker, settings.linger().toNanos())) {
      if (System.nanoTime() - begin > Math.min(SOON_NANOS, settings.linger().toNanos())) {
        return false;
      }
      LockSupport.parkNanos(FIRST_PAUSE_NANOS);
    }
    return true;
  }

  private List<Map<String, Object>> lookUntilClean(Scope scope, ScopeSettings settings)
      throws InterruptedException {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      Duration patience = settings.linger().minus(waited);
      Outcome outcome = look(scope, settings, waited);
      boolean over = patience.isNegative() || patience.isZero();
      boolean hopeless = outcome.findings().isEmpty()
          && (!outcome.pending() || waited.compareTo(PATIENCE_WITH_PENDING) > 0);
      if (over || hopeless) {
        return outcome.told();
      }
      TimeUnit.MILLISECONDS.sleep(Math.min(pause, Math.max(1, patience.toMillis())));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private Outcome look(Scope scope, ScopeSettings settings, Duration waited) {
    Outcome outcome = new Outcome();
    Thread asker = Thread.currentThread();
    turn.execute(() -> {
      Look look = new ScopeCensus(registry, armed())
          .look(scope, asker, settings.linger().minus(waited).toNanos());
      outcome.pending = look.pending();
      outcome.findings = findings.of(look.left(), scope, settings.ignored(), waited);
    });
    return outcome;
  }

  private ScopeRegistry armed() {
    ScopeRegistry known = account;
    return known == null ? arm() : known;
  }

  private synchronized ScopeRegistry arm() {
    ScopeRegistry known = account;
    if (known != null) {
      return known;
    }
    // Made now, in no scope, or it would belong to the first test that happens to need it.
    ForkJoinPool.commonPool();
    ScopeHooks.install(null);
    ScopeRegistry.rehearse();
    ScopeRegistry made = new ScopeRegistry();
    weaver.run();
    ScopeHooks.install(made);
    account = made;
    return made;
  }

  /** What one look has found. Used by one thread. */
  private final class Outcome {
    private boolean pending;
    private List<Finding> findings = List.of();

    boolean pending() {
      return pending;
    }

    List<Finding> findings() {
      return findings;
    }

    List<Map<String, Object>> told() {
      return findings.stream().map(parts::of).toList();
    }
  }
}
