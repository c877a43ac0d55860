package com.acme;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** The workloads that can be run, in the order in which a newcomer should try them. */
enum Scenario {
  EXECUTOR("executor made per request and never shut down", "executors"),
  CHANNEL("consumer of a channel that nobody closes", "threads"),
  WAIT("wait for a future that nobody completes", "threads"),
  LATCH("wait for a latch whose count-down is missing", "threads"),
  SLOW("slow tasks that keep the workers of a shared pool", ""),
  DEADLOCK("two threads that take two locks in opposite order", "deadlocks"),
  STUCK_SHUTDOWN("executor shut down while a task of it waits for ever", "executors"),
  BACKLOG("tasks that come in faster than their pool works them off", ""),
  SILENT_SCHEDULE("periodic tasks that end without a word at their first exception", "tasks"),
  HEALTHY("threads, pools and executors that all end: nothing to report", ""),
  CHANNEL_VIRTUAL("the channel leak on virtual threads", "virtual threads"),
  WAIT_VIRTUAL("the wait leak on virtual threads", "virtual threads"),
  LATCH_VIRTUAL("the latch leak on virtual threads", "virtual threads"),
  DEADLOCK_VIRTUAL("the deadlock on virtual threads", "deadlocks");

  private final String description;
  private final String leaks;

  Scenario(String description, String leaks) {
    this.description = description;
    this.leaks = leaks;
  }

  /** The scenario of that name, as {@link #argument} writes it. */
  static Optional<Scenario> named(String argument) {
    return Arrays.stream(values()).filter(s -> s.argument().equals(argument)).findAny();
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
    return !needsVirtualThreads() || VirtualThreads.factory().isPresent();
  }

  /** The scenario to try after this one, of those that run on this JDK. */
  Scenario next() {
    List<Scenario> all = List.of(values());
    int next = all.indexOf(this) + 1;
    return next < all.size() && all.get(next).runsHere() ? all.get(next) : all.get(0);
  }

  /** Makes the part of the application that this scenario drives. */
  Service service() {
    return switch (this) {
      case EXECUTOR -> new PriceReport();
      case CHANNEL, CHANNEL_VIRTUAL -> new OrderFeed(threads());
      case WAIT, WAIT_VIRTUAL -> new QuoteService(threads());
      case LATCH, LATCH_VIRTUAL -> new SettlementJob(threads());
      case SLOW -> new YearlyReport();
      case DEADLOCK, DEADLOCK_VIRTUAL -> new Warehouse(threads());
      case STUCK_SHUTDOWN -> new InvoicePrinter();
      case BACKLOG -> new OrderMail();
      case SILENT_SCHEDULE -> new PriceRefresh();
      case HEALTHY -> new HealthyShop();
    };
  }

  private boolean needsVirtualThreads() {
    return switch (this) {
      case CHANNEL_VIRTUAL, WAIT_VIRTUAL, LATCH_VIRTUAL, DEADLOCK_VIRTUAL -> true;
      default -> false;
    };
  }

  private ThreadFactory threads() {
    return needsVirtualThreads() ? VirtualThreads.factory().orElseThrow() : Thread::new;
  }
}
