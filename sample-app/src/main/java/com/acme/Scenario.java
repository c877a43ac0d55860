package com.acme;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The workloads that can be run, in the order in which a newcomer should try them. */
@SuppressWarnings("ImmutableEnumChecker") // The makers are lambdas without state.
enum Scenario {
  EXECUTOR(
      Group.LEAKING,
      "executor made per request and never shut down",
      "executors",
      PriceReport::new),
  CHANNEL(
      Group.LEAKING,
      "consumer of a channel that nobody closes",
      "threads",
      () -> new OrderFeed(Thread::new)),
  WAIT(
      Group.LEAKING,
      "wait for a future that nobody completes",
      "threads",
      () -> new QuoteService(Thread::new)),
  LATCH(
      Group.LEAKING,
      "wait for a latch whose count-down is missing",
      "threads",
      () -> new SettlementJob(Thread::new)),
  SLOW(Group.LEAKING, "slow tasks that keep the workers of a shared pool", "", YearlyReport::new),
  DEADLOCK(
      Group.LEAKING,
      "two threads that take two locks in opposite order",
      "deadlocks",
      () -> new Warehouse(Thread::new)),
  STUCK_SHUTDOWN(
      Group.LEAKING,
      "executor shut down while a task of it waits for ever",
      "executors",
      InvoicePrinter::new),
  BACKLOG(
      Group.LEAKING,
      "tasks that come in faster than their pool works them off",
      "",
      OrderMail::new),
  SILENT_SCHEDULE(
      Group.LEAKING,
      "periodic tasks that end without a word at their first exception",
      "tasks",
      PriceRefresh::new),
  HEALTHY(
      Group.HEALTHY,
      "threads, pools and executors that all end: nothing to report",
      HealthyShop::new),
  POOL(Group.HEALTHY, "a task pool for each request, mapped over a list", PriceList::new),
  HYBRID(
      Group.HEALTHY,
      "a pipeline from HTTP through a Fourier transform into a database",
      SpectrumService::new),
  STACK(
      Group.HEALTHY,
      "lock-free stacks that several threads push to and pop from",
      StackedOrders::new),
  EXECUTOR_REPAIRED(
      Group.REPAIRED, "the executor is shut down where it was made", PriceReportRepaired::new),
  CHANNEL_REPAIRED(
      Group.REPAIRED,
      "whoever fills the channel closes it",
      () -> new OrderFeedRepaired(Thread::new)),
  WAIT_REPAIRED(
      Group.REPAIRED,
      "the future is completed when the request is rejected",
      () -> new QuoteServiceRepaired(Thread::new)),
  LATCH_REPAIRED(
      Group.REPAIRED,
      "the latch is counted down on every way out",
      () -> new SettlementJobRepaired(Thread::new)),
  SLOW_REPAIRED(Group.REPAIRED, "a slow task in twelve parts", YearlyReportRepaired::new),
  DEADLOCK_REPAIRED(
      Group.REPAIRED, "both take the locks in one order", () -> new WarehouseRepaired(Thread::new)),
  STUCK_SHUTDOWN_REPAIRED(
      Group.REPAIRED, "the task waits for some time only", InvoicePrinterRepaired::new),
  BACKLOG_REPAIRED(
      Group.REPAIRED, "workers enough, and a queue with a bound", OrderMailRepaired::new),
  SILENT_SCHEDULE_REPAIRED(
      Group.REPAIRED, "periodic tasks that are cancelled when done", PriceRefreshRepaired::new),
  CHANNEL_VIRTUAL(
      Group.LEAKING_VIRTUAL,
      "the channel leak on virtual threads",
      "virtual threads",
      () -> new OrderFeed(virtual())),
  WAIT_VIRTUAL(
      Group.LEAKING_VIRTUAL,
      "the wait leak on virtual threads",
      "virtual threads",
      () -> new QuoteService(virtual())),
  LATCH_VIRTUAL(
      Group.LEAKING_VIRTUAL,
      "the latch leak on virtual threads",
      "virtual threads",
      () -> new SettlementJob(virtual())),
  DEADLOCK_VIRTUAL(
      Group.LEAKING_VIRTUAL,
      "the deadlock on virtual threads",
      "deadlocks",
      () -> new Warehouse(virtual())),
  CHANNEL_VIRTUAL_REPAIRED(
      Group.REPAIRED_VIRTUAL,
      "channel-repaired on virtual threads",
      () -> new OrderFeedRepaired(virtual())),
  WAIT_VIRTUAL_REPAIRED(
      Group.REPAIRED_VIRTUAL,
      "wait-repaired on virtual threads",
      () -> new QuoteServiceRepaired(virtual())),
  LATCH_VIRTUAL_REPAIRED(
      Group.REPAIRED_VIRTUAL,
      "latch-repaired on virtual threads",
      () -> new SettlementJobRepaired(virtual())),
  DEADLOCK_VIRTUAL_REPAIRED(
      Group.REPAIRED_VIRTUAL,
      "deadlock-repaired on virtual threads",
      () -> new WarehouseRepaired(virtual()));

  /** What scenarios have in common. */
  enum Group {
    LEAKING("leaking", false),
    HEALTHY("healthy", false),
    REPAIRED(
        "repaired twins of the leaking ones: diff PriceReport.java PriceReportRepaired.java",
        false),
    LEAKING_VIRTUAL("leaking, on virtual threads", true),
    REPAIRED_VIRTUAL("repaired, on virtual threads", true);

    private final String title;
    private final boolean virtual;

    Group(String title, boolean virtual) {
      this.title = title;
      this.virtual = virtual;
    }

    /** What they are, in one line. */
    String title() {
      return runsHere() ? title : title + " (need JDK 21 or newer)";
    }

    /** Whether they can run on this JDK. */
    boolean runsHere() {
      return !virtual || VirtualThreads.factory().isPresent();
    }
  }

  /** Makes a service. */
  @FunctionalInterface
  private interface Maker {
    Service make() throws Exception;
  }

  private final Group group;
  private final String description;
  private final String leaks;
  private final Maker maker;

  Scenario(Group group, String description, Maker maker) {
    this(group, description, "", maker);
  }

  Scenario(Group group, String description, String leaks, Maker maker) {
    this.group = group;
    this.description = description;
    this.leaks = leaks;
    this.maker = maker;
  }

  /** The scenario of that name, as {@link #argument} writes it. */
  static Optional<Scenario> named(String argument) {
    return Arrays.stream(values()).filter(s -> s.argument().equals(argument)).findAny();
  }

  /** The scenarios of a group. */
  static List<Scenario> of(Group group) {
    return Arrays.stream(values()).filter(s -> s.group == group).toList();
  }

  /** The name to give on the command line. */
  String argument() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What goes on in it, in one line. */
  String description() {
    return description;
  }

  /** What each request leaks one of, such as {@code virtual threads}; empty when it leaks nothing. */
  String leaks() {
    return leaks;
  }

  /** Whether it can run on this JDK. */
  boolean runsHere() {
    return group.runsHere();
  }

  /** The scenario to try after this one, of those that run on this JDK. */
  Scenario next() {
    List<Scenario> all = List.of(values());
    int next = all.indexOf(this) + 1;
    return next < all.size() && all.get(next).runsHere() ? all.get(next) : all.get(0);
  }

  /** Makes the part of the application that this scenario drives. */
  Service service() throws Exception {
    return maker.make();
  }

  private static ThreadFactory virtual() {
    return VirtualThreads.factory().orElseThrow();
  }
}
