package io.leakwatch.finding;

/** What kind of leak a finding is about. The names are part of the JSON contract. */
public enum FindingKind {
  /** More live threads than {@code baseline-factor} times the baseline. */
  THREADS_OVER_BASELINE(
      "threads over baseline",
      "look at the largest groups below; if the load has grown to stay, raise baseline-factor",
      FindingState.RETRACTED),
  /** The threads started at one creation site keep growing in number and do not end. */
  THREAD_GROWTH(
      "thread growth at a site",
      "make the threads end: give the wait a timeout or an end signal, and await them where they are started",
      FindingState.RETRACTED),
  /** The same, and they wait for an element of a queue or pipe, without a timeout or again and again. */
  CHANNEL_NEVER_CLOSED(
      "consumer of a channel never closed",
      "end the consumer with its producer: put an end marker into the queue, close the pipe, or interrupt it and let it return",
      FindingState.RETRACTED),
  /** The same, and they wait for room in a queue or pipe. */
  CHANNEL_NEVER_EMPTIED(
      "producer into a channel that nobody empties",
      "find out why the consumer no longer takes; use offer with a timeout, and say what becomes of the rest",
      FindingState.RETRACTED),
  /** The same, and they wait for a latch, barrier, phaser or semaphore, without a timeout. */
  SIGNAL_NEVER_COMES(
      "signal that never comes",
      "count down, arrive or release in a finally block, so that a failure signals too; wait with a timeout",
      FindingState.RETRACTED),
  /** The same, and they wait for a result, a condition, a thread or a process, without a timeout. */
  WAIT_WITHOUT_TIMEOUT(
      "wait without timeout",
      "wait with a timeout, and see to it that failures, too, complete the future or notify who waits",
      FindingState.RETRACTED),
  /** The same, and they wait for a socket or a file, without a timeout. */
  IO_WITHOUT_TIMEOUT(
      "blocking I/O without timeout",
      "set a read timeout where the connection is made, or close the connection when its client has gone",
      FindingState.RETRACTED),
  /** Timers, or threads that sleep, made at one creation site again and again. */
  TIMER_NEVER_CANCELLED(
      "timer never cancelled",
      "cancel it when what it was made for is over, or make one and share it",
      FindingState.RESOLVED),
  /** Threads or executors that a library made for an object of its own, which the application makes again and again. */
  CLIENT_NEVER_CLOSED(
      "client never closed",
      "close what is made here when it is no longer used (close, stop or shutdown), or make it once and share it",
      FindingState.RESOLVED),
  /** Executors (and timers) made at one creation site keep growing in number, none shut down. */
  EXECUTOR_NEVER_SHUT_DOWN(
      "executor never shut down",
      "close it where it is made (try-with-resources on 19+, else shutdown() in finally), or make it once and share it",
      FindingState.RESOLVED),
  /** Executors that were shut down and do not terminate, because a task holds them. */
  EXECUTOR_NOT_TERMINATED(
      "executor shut down but never terminated",
      "make the task end: give what it waits for a timeout, or end it by shutdownNow() and let it heed the interrupt",
      FindingState.RETRACTED),
  /** The queue of an executor keeps getting longer. */
  QUEUE_BACKLOG(
      "queue backlog growing",
      "give the tasks more workers, the queue a bound, or slow down who hands them in; if they are stuck, end their wait",
      FindingState.RETRACTED),
  /** A periodic task of a scheduled pool that runs no more since it threw. */
  SCHEDULED_TASK_STOPPED(
      "scheduled task stopped silently",
      "catch what the task may throw inside of it and say so, else its first exception is its end; or look at its future",
      FindingState.RESOLVED),
  /** A periodic task whose next run is due for longer and longer. */
  SCHEDULE_BEHIND(
      "scheduled task falls behind its period",
      "make the task quicker or its period longer; if others take its turns, give their pool more threads or move them out",
      FindingState.RETRACTED),
  /** Virtual threads that were collected without having ended. */
  VANISHED_TASK(
      "vanished task",
      "close the executor where it is made, or end what its tasks wait for: nobody was left who could have woken them",
      FindingState.RETRACTED),
  /** A task has been running in a thread pool for longer than {@code slow-task}. */
  SLOW_TASK(
      "slow task",
      "give what it waits for a timeout, or move it to an executor of its own; raise slow-task if it may take that long",
      FindingState.RESOLVED),
  /** A virtual thread waits without leaving its carrier. */
  CARRIER_PINNED(
      "carrier pinned",
      "do not wait in a class initializer or below a native frame; on JDK 21 to 23 take a ReentrantLock in place of synchronized",
      FindingState.RESOLVED),
  /** A virtual thread runs on its carrier without a break. */
  CARRIER_MONOPOLISED(
      "carrier monopolised",
      "do long computations and blocking calls (files, native code) in a thread pool; raise held-carrier if it may take that long",
      FindingState.RESOLVED),
  /** Virtual threads wait for a carrier while all carriers are held. */
  SCHEDULER_STARVED(
      "scheduler of virtual threads starved",
      "end what holds the carriers, see the stacks below: waits that pin, and long computations, belong in a thread pool",
      FindingState.RESOLVED),
  /** Threads that each hold a lock and wait for the next one's, in a circle. */
  DEADLOCK(
      "deadlock",
      "take these locks in the same order everywhere, or take the second with tryLock and a timeout",
      FindingState.RESOLVED),
  /** A thread has ended while it held a lock that others wait for. */
  LOCK_NEVER_RELEASED(
      "lock never released",
      "call unlock() in a finally block right behind lock(), in the thread that locked",
      FindingState.RESOLVED),
  /** Many threads wait for one lock that its holder keeps, and none of them gets it. */
  LOCK_HELD_LONG(
      "many threads wait for one lock",
      "do the slow part outside the lock, or give what its holder waits for a timeout",
      FindingState.RETRACTED),
  /** A thread that a test, or the scope of another kind, has started and that goes on behind its end. */
  THREAD_LEFT_RUNNING(
      "thread left running",
      "make the thread end where it is started: interrupt or signal it, and join it",
      FindingState.RESOLVED),
  /** A task that a test has handed in to somebody else's executor and that goes on behind its end. */
  TASK_LEFT_RUNNING(
      "task left running",
      "wait for the task where it is handed in, or cancel its future and let it heed the interrupt",
      FindingState.RESOLVED),
  /** A periodic task that a test has handed in to somebody else's executor and has not cancelled. */
  SCHEDULE_LEFT(
      "scheduled task never cancelled",
      "keep the future that scheduling returns, or the timer task, and cancel it",
      FindingState.RESOLVED),
  /** Threads that keep the JVM from exiting, behind the return of main or as shutdown hooks that do not end. */
  EXIT_BLOCKED(
      "JVM kept from exiting",
      "shut down its executor, or make the thread end, before main returns; in a shutdown hook never wait without a timeout",
      FindingState.RESOLVED),
  /** Nothing that runs can reach what a thread waits for; found by a proof from a heap dump. */
  NEVER_RUNS_AGAIN(
      "thread that never runs again",
      "keep what ends the wait where somebody will use it, give the wait a timeout, or end the thread when its work is over",
      FindingState.RESOLVED);

  private final String title;
  private final String advice;
  private final FindingState endsAs;

  FindingKind(String title, String advice, FindingState endsAs) {
    this.title = title;
    this.advice = advice;
    this.endsAs = endsAs;
  }

  /** The kind as the first line of a log report says it. */
  public String title() {
    return title;
  }

  /** What to do about it, in one sentence, where the detector knows nothing better. */
  public String advice() {
    return advice;
  }

  /** What a reported finding of this kind becomes when it is no longer found. */
  public FindingState endsAs() {
    return endsAs;
  }
}
