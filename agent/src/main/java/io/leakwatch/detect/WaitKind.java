package io.leakwatch.detect;

import io.leakwatch.frames.Frames;
import io.leakwatch.sample.ThreadDetail;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What kind of thing a thread waits for, by the method of the JDK that the application or a library has called. Of several
 * such methods the outermost counts: {@code LinkedBlockingQueue.take} waits for a condition, but for a queue to begin with.
 */
enum WaitKind {
  /** For work: a worker of a pool, a timer's thread, an event loop, a thread that accepts connections. */
  IDLE(
      "java\\.util\\.concurrent\\.(ThreadPoolExecutor\\.getTask|ForkJoinPool\\.awaitWork)",
      "java\\.util\\.TimerThread\\.mainLoop",
      "java\\.lang\\.ref\\.ReferenceQueue\\.remove",
      "java\\.net\\.ServerSocket\\.accept",
      "sun\\.nio\\.ch\\.(\\w*SelectorImpl\\.select\\w*|ServerSocketChannelImpl\\.accept)"),
  /** For an element of a queue, data of a pipe, or the event of a watch service. */
  CHANNEL_TAKE(
      "java\\.util\\.concurrent\\.\\w*(Queue|Deque)\\.(take|poll)\\w*",
      "java\\.io\\.Piped(InputStream|Reader)\\.read",
      "sun\\.nio\\.fs\\.\\w*WatchService\\.(take|poll)"),
  /** For room in a queue or pipe. */
  CHANNEL_PUT(
      "java\\.util\\.concurrent\\.\\w*(Queue|Deque)\\.(put|offer|tryTransfer|transfer)\\w*",
      "java\\.util\\.concurrent\\.SubmissionPublisher\\.(submit|offer)",
      "java\\.io\\.Piped(OutputStream|Writer)\\.write"),
  /** For what other threads count down, release or arrive at. */
  SIGNAL(
      "java\\.util\\.concurrent\\.CountDownLatch\\.await",
      "java\\.util\\.concurrent\\.CyclicBarrier\\.await",
      "java\\.util\\.concurrent\\.Phaser\\.(await\\w*|arriveAndAwaitAdvance)",
      "java\\.util\\.concurrent\\.Semaphore\\.(acquire\\w*|tryAcquire)",
      "java\\.util\\.concurrent\\.Exchanger\\.exchange"),
  /** For a lock or a monitor. */
  LOCK(
      "java\\.util\\.concurrent\\.locks\\.(ReentrantLock|ReentrantReadWriteLock|StampedLock)[.$].*"),
  /** For time to pass. */
  SLEEP("java\\.lang\\.Thread\\.sleep", "java\\.util\\.concurrent\\.TimeUnit\\.sleep"),
  /** For a peer. */
  SOCKET(
      "java\\.net\\..*",
      "sun\\.(nio\\.ch|net|security\\.ssl)\\..*",
      "jdk\\.internal\\.net\\.http\\..*"),
  /** For a file, or the output of a process. */
  FILE("java\\.io\\.(FileInputStream|FileOutputStream|RandomAccessFile)\\..*"),
  /** For a result, a condition, the end of a thread or process, or anything else that somebody must wake it for. */
  RESULT(
      "java\\.util\\.concurrent\\.(FutureTask|CompletableFuture|ForkJoinTask)\\.(get|join|invoke)\\w*",
      "java\\.util\\.concurrent\\.\\w*Executor(Service)?\\.(awaitTermination|close|invokeA\\w+)",
      "java\\.util\\.concurrent\\.ForkJoinPool\\.(awaitTermination|close|invoke\\w*|awaitQuiescence)",
      "java\\.util\\.concurrent\\.ExecutorCompletionService\\.(take|poll)",
      "java\\.util\\.concurrent\\.StructuredTaskScope\\w*\\.join\\w*",
      "java\\.util\\.concurrent\\.locks\\..*\\.await\\w*",
      "java\\.util\\.concurrent\\.locks\\.(Abstract\\w+|LockSupport)\\.\\w+",
      "java\\.lang\\.(Thread\\.join|Object\\.wait|Process\\w*\\.waitFor)"),
  /** It runs, or waits in a way that is not known. */
  NONE;

  private static final Pattern TIMED_IO = Pattern.compile("timed(Read|Accept|FinishConnect)\\w*");

  private final Pattern methods;

  WaitKind(String... methods) {
    this.methods = Pattern.compile(String.join("|", methods));
  }

  /** What a thread waits for; {@link #NONE} when its stack is empty. */
  static WaitKind of(ThreadDetail thread) {
    List<StackTraceElement> stack = thread.stack();
    for (int i = calledByOthers(stack); i >= 0; i--) {
      WaitKind kind = of(stack.get(i).getClassName() + "." + stack.get(i).getMethodName());
      if (kind != NONE) {
        return kind;
      }
    }
    return thread.state() == Thread.State.BLOCKED ? LOCK : NONE;
  }

  private static WaitKind of(String method) {
    for (WaitKind kind : values()) {
      if (kind != NONE && kind.methods.matcher(method).matches()) {
        return kind;
      }
    }
    return NONE;
  }

  /** Whether a thread's wait ends by itself some day. */
  static boolean isTimed(ThreadDetail thread) {
    return thread.state() == Thread.State.TIMED_WAITING
        || thread.stack().stream()
            .anyMatch(frame -> Frames.isJdk(frame.getClassName())
                && TIMED_IO.matcher(frame.getMethodName()).matches());
  }

  /** Where the JDK was called from outside; the outermost frame when all are the JDK's. */
  private static int calledByOthers(List<StackTraceElement> stack) {
    int at = -1;
    while (at + 1 < stack.size() && Frames.isJdk(stack.get(at + 1).getClassName())) {
      at++;
    }
    return at;
  }
}
