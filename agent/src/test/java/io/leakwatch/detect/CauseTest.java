package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.frames.CodeOwners;
import io.leakwatch.sample.ThreadDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a leak is called and whom it blames; {@code com.acme} is the application, {@code org.lib} and {@code okhttp3} are not. */
class CauseTest {
  private static final CodeOwners OWNERS = name -> name.startsWith("com.acme.");
  private static final String STARTS = "com.acme.Desk.open(Desk.java:42)";
  private static final String WAITS = "com.acme.Job.run(Job.java:7)";

  private static final List<StackTraceElement> BY_APPLICATION =
      List.of(frame("com.acme.Desk", "open", "Desk.java", 42));
  private static final List<StackTraceElement> BY_LIBRARY = List.of(
      frame("org.lib.Client", "<init>", "Client.java", 1),
      frame("com.acme.Desk", "open", "Desk.java", 42));
  private static final List<StackTraceElement> BY_OKHTTP = List.of(
      frame("okhttp3.OkHttpClient", "<init>", "OkHttpClient.kt", 1),
      frame("com.acme.Desk", "open", "Desk.java", 42));
  private static final List<StackTraceElement> BY_HTTP_CLIENT = List.of(
      frame("jdk.internal.net.http.HttpClientImpl", "start", "HttpClientImpl.java", 1),
      frame("com.acme.Desk", "open", "Desk.java", 42));

  static Stream<Arguments> threads() {
    return Stream.of(
        row("a queue", BY_APPLICATION, take(true), "CHANNEL_NEVER_CLOSED", WAITS),
        row(
            "a full queue",
            BY_APPLICATION,
            own("ArrayBlockingQueue", "put"),
            "CHANNEL_NEVER_EMPTIED",
            WAITS),
        row("a latch", BY_APPLICATION, own("CountDownLatch", "await"), "SIGNAL_NEVER_COMES", WAITS),
        row(
            "a latch, with a timeout",
            BY_APPLICATION,
            timed(own("CountDownLatch", "await")),
            "THREAD_GROWTH",
            WAITS),
        row("a future", BY_APPLICATION, own("FutureTask", "get"), "WAIT_WITHOUT_TIMEOUT", WAITS),
        row(
            "a future, of a thread that a library started",
            BY_LIBRARY,
            own("FutureTask", "get"),
            "WAIT_WITHOUT_TIMEOUT",
            WAITS),
        row("a lock", BY_APPLICATION, own("locks.ReentrantLock", "lock"), "THREAD_GROWTH", WAITS),
        row("a socket", BY_APPLICATION, socket(), "IO_WITHOUT_TIMEOUT", WAITS),
        row("time", BY_APPLICATION, sleep(true), "TIMER_NEVER_CANCELLED", STARTS),
        row(
            "time, in a library's thread",
            BY_LIBRARY,
            sleep(false),
            "TIMER_NEVER_CANCELLED",
            STARTS),
        row(
            "time, in the thread of a library that is known",
            BY_OKHTTP,
            sleep(false),
            "CLIENT_NEVER_CLOSED",
            STARTS),
        row(
            "nothing, it works",
            BY_APPLICATION,
            detail(Thread.State.RUNNABLE, frame("com.acme.Job", "run", "Job.java", 7)),
            "THREAD_GROWTH",
            STARTS),
        row(
            "the output of a process, in a library's thread",
            BY_LIBRARY,
            file(),
            "IO_WITHOUT_TIMEOUT",
            STARTS),
        row(
            "a monitor, in a library's thread",
            BY_LIBRARY,
            detail(Thread.State.BLOCKED, frame("org.lib.Poller", "run", "Poller.java", 7)),
            "THREAD_GROWTH",
            STARTS),
        row(
            "a queue, in a library's thread",
            BY_LIBRARY,
            take(false),
            "CLIENT_NEVER_CLOSED",
            STARTS),
        row(
            "a queue, in a thread of the JDK's HTTP client",
            BY_HTTP_CLIENT,
            take(false),
            "CLIENT_NEVER_CLOSED",
            STARTS),
        row(
            "a queue, in a thread that the application gave nothing of its own",
            BY_APPLICATION,
            take(false),
            "CHANNEL_NEVER_CLOSED",
            STARTS),
        row(
            "a queue, started at an unknown place",
            List.of(),
            take(true),
            "CHANNEL_NEVER_CLOSED",
            WAITS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("threads")
  void ofThreadsThatWaitFor(
      String what,
      List<StackTraceElement> createdAt,
      ThreadDetail thread,
      String kind,
      String suspect) {
    Cause cause = Cause.ofThreads(createdAt, Typical.of(List.of(thread)), OWNERS);

    assertThat(cause.kind().name()).isEqualTo(kind);
    assertThat(cause.suspects()).first().isEqualTo(suspect);
  }

  static Stream<Arguments> executors() {
    String pool = "executor";
    return Stream.of(
        Arguments.of(pool, BY_APPLICATION, "EXECUTOR_NEVER_SHUT_DOWN"),
        Arguments.of("timer", BY_APPLICATION, "TIMER_NEVER_CANCELLED"),
        Arguments.of(pool, BY_LIBRARY, "CLIENT_NEVER_CLOSED"),
        Arguments.of("timer", BY_LIBRARY, "CLIENT_NEVER_CLOSED"),
        Arguments.of(pool, List.of(), "EXECUTOR_NEVER_SHUT_DOWN"));
  }

  @ParameterizedTest
  @MethodSource("executors")
  void ofExecutors(String noun, List<StackTraceElement> createdAt, String kind) {
    Cause cause = Cause.ofExecutors(noun, createdAt, Typical.of(List.of(take(false))), OWNERS);

    assertThat(cause.kind().name()).isEqualTo(kind);
    assertThat(cause.suspects())
        .isEqualTo(
            createdAt.isEmpty()
                ? List.of()
                : Stream.concat(
                        Stream.of(STARTS),
                        createdAt == BY_LIBRARY
                            ? Stream.of("org.lib.Client.<init>(Client.java:1)")
                            : Stream.of())
                    .toList());
  }

  @Test
  void aKnownLibraryComesWithItsOwnAdvice() {
    Cause known = Cause.ofThreads(BY_OKHTTP, Typical.of(List.of(take(false))), OWNERS);
    Cause unknown = Cause.ofThreads(BY_LIBRARY, Typical.of(List.of(take(false))), OWNERS);

    assertThat(known.advice()).startsWith("share one OkHttpClient");
    assertThat(unknown.advice()).isEqualTo(unknown.kind().advice());
  }

  @Test
  void whereMostOfTheOldestWaitDecides() {
    ThreadDetail works = detail(Thread.State.RUNNABLE, frame("com.acme.Job", "run", "Job.java", 9));
    Typical most = Typical.of(List.of(works, take(true), take(true)));
    Typical half = Typical.of(List.of(works, take(true)));

    assertThat(Cause.ofThreads(BY_APPLICATION, most, OWNERS).kind().name())
        .isEqualTo("CHANNEL_NEVER_CLOSED");
    assertThat(most.seen()).isEqualTo("2 of the 3 oldest wait there");
    assertThat(most.details().get(0)).isEqualTo(take(true));
    assertThat(Cause.ofThreads(BY_APPLICATION, half, OWNERS).kind().name())
        .isEqualTo("THREAD_GROWTH");
    assertThat(Cause.ofThreads(BY_APPLICATION, half, OWNERS).suspects()).first().isEqualTo(STARTS);
  }

  @Test
  void linesDoNotTellPlacesApart() {
    ThreadDetail first = detail(Thread.State.RUNNABLE, frame("com.acme.Job", "run", "Job.java", 9));
    ThreadDetail second =
        detail(Thread.State.RUNNABLE, frame("com.acme.Job", "run", "Job.java", 8));

    assertThat(Typical.of(List.of(first, second)).alike()).isEqualTo(2);
  }

  @Test
  void withoutStacksOnlyTheCreationSiteIsKnown() {
    ThreadDetail gone = new ThreadDetail("gone", true, Thread.State.TERMINATED, List.of());
    Cause cause = Cause.ofThreads(BY_APPLICATION, Typical.of(List.of(gone)), OWNERS);

    assertThat(cause.kind().name()).isEqualTo("THREAD_GROWTH");
    assertThat(cause.suspects()).containsExactly(STARTS);
  }

  private static ThreadDetail take(boolean own) {
    return own
        ? own("LinkedBlockingQueue", "take")
        : detail(
            Thread.State.WAITING,
            frame("java.util.concurrent.LinkedBlockingQueue", "take", null, 1));
  }

  private static ThreadDetail sleep(boolean own) {
    StackTraceElement sleep = frame("java.lang.Thread", "sleep", null, 1);
    return own
        ? detail(Thread.State.TIMED_WAITING, sleep, frame("com.acme.Job", "run", "Job.java", 7))
        : detail(
            Thread.State.TIMED_WAITING, sleep, frame("org.lib.Poller", "run", "Poller.java", 7));
  }

  private static ThreadDetail socket() {
    return detail(
        Thread.State.RUNNABLE,
        frame("sun.nio.ch.NioSocketImpl", "read", null, 1),
        frame("java.net.Socket$SocketInputStream", "read", null, 1),
        frame("org.lib.Protocol", "receive", "Protocol.java", 1),
        frame("com.acme.Job", "run", "Job.java", 7));
  }

  private static ThreadDetail file() {
    return detail(
        Thread.State.RUNNABLE,
        frame("java.io.FileInputStream", "read", null, 1),
        frame("org.lib.Pumper", "run", "Pumper.java", 7));
  }

  private static ThreadDetail own(String type, String method) {
    return detail(
        Thread.State.WAITING,
        frame("java.util.concurrent." + type, method, null, 1),
        frame("com.acme.Job", "run", "Job.java", 7));
  }

  private static ThreadDetail timed(ThreadDetail thread) {
    return new ThreadDetail(thread.name(), true, Thread.State.TIMED_WAITING, thread.stack());
  }

  private static ThreadDetail detail(Thread.State state, StackTraceElement... stack) {
    List<StackTraceElement> whole = new ArrayList<>(List.of(stack));
    whole.add(frame("java.lang.Thread", "run", "Thread.java", 840));
    return new ThreadDetail("t", true, state, whole);
  }

  private static Arguments row(
      String what,
      List<StackTraceElement> createdAt,
      ThreadDetail thread,
      String kind,
      String suspect) {
    return Arguments.of(what, createdAt, thread, kind, suspect);
  }
}
