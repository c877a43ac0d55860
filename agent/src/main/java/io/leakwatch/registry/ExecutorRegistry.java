package io.leakwatch.registry;

import io.leakwatch.bootstrap.ExecutorListener;
import io.leakwatch.frames.Frames;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The account of executors and timers.
 *
 * <p>{@link #onCreated} is called by hooks, on any thread; everything else by the one thread that takes the census.
 */
public final class ExecutorRegistry implements ExecutorListener {
  /** No more executors than this are in the account; further ones are dropped and counted. */
  public static final int CAP = 100_000;

  private static final int INBOX_CAP = 50_000;

  /** An executor as the hook saw it. */
  private static final class Arrival extends Inbox.Node {
    private final WeakReference<Object> executor;
    private final OriginClass origin;
    private final @Nullable Throwable trace;

    Arrival(Object executor, @Nullable Throwable trace) {
      this.executor = new WeakReference<>(TimerBooks.identity(executor));
      this.origin = OriginClass.of(executor.getClass());
      this.trace = trace;
    }
  }

  private final StackBudget budget;
  private final CreationSites sites;
  private final TaskRegistry tasks;
  private final Inbox<Arrival> inbox = new Inbox<>(Arrival.class, INBOX_CAP);

  private List<ExecutorEntry> entries = new ArrayList<>();
  private List<ExecutorEntry> before = List.of();
  private IdentityHashMap<Object, ExecutorEntry> byExecutor = new IdentityHashMap<>();
  private IdentityHashMap<Thread, CreationSite> deadTimers = new IdentityHashMap<>();
  private long sequence;
  private long dropped;

  ExecutorRegistry(StackBudget budget, CreationSites sites, TaskRegistry tasks) {
    this.budget = budget;
    this.sites = sites;
    this.tasks = tasks;
  }

  @Override
  public void onCreated(Object executor) {
    // Not by class, as for threads: pools of one class are made all over the place, and are rare
    // and dear.
    inbox.offer(new Arrival(executor, budget.claim() ? new Throwable() : null));
  }

  /** The executors that were alive at the last census. */
  public List<ExecutorEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The number of the youngest executor in the account. */
  public long lastSequence() {
    return sequence;
  }

  long dropped() {
    return dropped + inbox.refused();
  }

  /** Takes in new executors, forgets collected and terminated ones, and reads the others' books. */
  void beginCensus() {
    byExecutor = new IdentityHashMap<>();
    deadTimers = new IdentityHashMap<>();
    before = entries;
    List<ExecutorEntry> kept = new ArrayList<>(entries.size());
    for (ExecutorEntry entry : entries) {
      Object executor = entry.executor();
      if (executor != null && !ExecutorBooks.isTerminated(executor)) {
        keep(kept, entry, executor);
      } else if (executor instanceof Thread timer) {
        keepSite(timer, entry.site());
      }
    }
    entries = kept;
    for (Arrival arrival : inbox.takeAll()) {
      CreationSite site = arrival.trace == null ? null : sites.intern(arrival.trace);
      Object executor = arrival.executor.get();
      // A timer may have been adopted through its thread before its announcement was read.
      ExecutorEntry known = executor == null ? null : byExecutor.get(executor);
      if (known != null) {
        known.announced(site);
      } else if (executor != null && !ExecutorBooks.isTerminated(executor) && !isTheJdksOwn(site)) {
        enter(executor, arrival.origin.name(), site, false);
      } else if (executor instanceof Thread timer) {
        keepSite(timer, site);
      }
    }
  }

  /**
   * Whose thread it is; an executor that the account does not know yet is adopted.
   *
   * @param runner what {@link Runners#runnerIn} finds in its task
   */
  @Nullable
  ExecutorEntry ownerOf(Thread thread, @Nullable Object runner) {
    Object executor = TimerBooks.isThread(thread) ? thread : Runners.executorOf(thread, runner);
    if (executor == null) {
      return null;
    }
    ExecutorEntry entry = byExecutor.get(executor);
    // A worker that is about to end outlives its executor's termination for a moment.
    return entry != null || ExecutorBooks.isTerminated(executor)
        ? entry
        : enter(executor, classOfAdopted(executor), null, true);
  }

  /**
   * Ends the census: what it held strongly is let go.
   *
   * @param counts whether it is one of those that are counted
   */
  void endCensus(boolean counts) {
    if (counts) {
      entries.forEach(ExecutorEntry::endCensus);
    }
    before = List.of();
    byExecutor = new IdentityHashMap<>();
    deadTimers = new IdentityHashMap<>();
  }

  /**
   * Holds all executors of the account as {@link LastHold} does, so that a collection that finds nobody else who has one does
   * not make the account forget it.
   *
   * @return ends that
   */
  Runnable holdAll() {
    ReferenceQueue<Object> unread = new ReferenceQueue<>();
    List<Runnable> renewals = new ArrayList<>(entries.size());
    try {
      for (ExecutorEntry entry : entries) {
        Object executor = entry.executor();
        if (executor != null) {
          Reference<?> hold = LastHold.of(executor, unread);
          renewals.add(() -> entry.stillThere(hold.get()));
        }
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return () -> renewals.forEach(Runnable::run);
  }

  /** During a census: the entry of an executor; {@code null} when it has none. */
  @Nullable
  ExecutorEntry entryOf(Object executor) {
    return byExecutor.get(TimerBooks.identity(executor));
  }

  /** During a census: where an executor, or the timer of a thread, was made, also when it has ended since the last one. */
  @Nullable
  CreationSite siteOf(Object executor) {
    if (executor instanceof Thread thread && deadTimers.containsKey(thread)) {
      return deadTimers.get(thread);
    }
    ExecutorEntry entry = byExecutor.get(executor);
    for (int i = 0; entry == null && i < before.size(); i++) {
      entry = before.get(i).executor() == executor ? before.get(i) : null;
    }
    return entry == null ? null : entry.site();
  }

  private @Nullable ExecutorEntry enter(
      Object executor, String className, @Nullable CreationSite site, boolean adopted) {
    if (entries.size() >= CAP) {
      dropped++;
      return null;
    }
    ExecutorEntry entry = new ExecutorEntry(executor, className, ++sequence, site, adopted);
    keep(entries, entry, executor);
    return entry;
  }

  private void keep(List<ExecutorEntry> list, ExecutorEntry entry, Object executor) {
    list.add(entry);
    entry.beginCensus(executor, tally(entry, executor));
    byExecutor.put(executor, entry);
  }

  /** A thread stands for a timer, whatever the class of that. */
  private static String classOfAdopted(Object executor) {
    Class<?> type = executor instanceof Thread ? Timer.class : executor.getClass();
    return OriginClass.of(type).name();
  }

  private void keepSite(Thread timer, @Nullable CreationSite site) {
    if (site != null) {
      deadTimers.put(timer, site);
    }
  }

  private Tallies.@Nullable Tally tally(ExecutorEntry entry, Object executor) {
    Object counted = entry.kind() == ExecutorKind.TIMER ? TimerBooks.queueOf(executor) : executor;
    return counted == null ? null : tasks.tally(counted);
  }

  /**
   * The virtual threads' scheduler belongs to the JVM, whoever happened to need it first; and what the JDK makes because
   * this agent called it is nobody's leak.
   */
  private static boolean isTheJdksOwn(@Nullable CreationSite site) {
    return site != null
        && site.frames().stream().anyMatch(f -> Frames.isAgent(f.getClassName()) || initialises(f));
  }

  private static boolean initialises(StackTraceElement frame) {
    return frame.getMethodName().equals("<clinit>")
        && frame.getClassName().equals("java.lang.VirtualThread");
  }
}
