package io.leakwatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leakwatch.sample.ThreadDetail;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real threads in real waits: how the JDK's methods call each other differs between releases. */
class WaitKindTest {
  private static final Duration DUE = Duration.ofSeconds(30);

  /** What a thread does that does not come back. */
  private interface Wait {
    void begin() throws Exception;
  }

  static Stream<Arguments> waits() {
    return Stream.of(
        row(WaitKind.CHANNEL_TAKE, false, "queue, take", () -> new LinkedBlockingQueue<>().take()),
        row(
            WaitKind.CHANNEL_TAKE,
            true,
            "queue, poll",
            () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.HOURS)),
        row(WaitKind.CHANNEL_TAKE, false, "deque", () -> new LinkedBlockingDeque<>().takeLast()),
        row(WaitKind.CHANNEL_TAKE, false, "hand-over", () -> new SynchronousQueue<>().take()),
        row(WaitKind.CHANNEL_TAKE, false, "transfer", () -> new LinkedTransferQueue<>().take()),
        row(WaitKind.CHANNEL_TAKE, false, "delays", () -> new DelayQueue<Delayed>().take()),
        // Such a wait looks every second whether the writer is still alive.
        row(WaitKind.CHANNEL_TAKE, true, "pipe", WaitKindTest::readFromPipe),
        row(
            WaitKind.CHANNEL_TAKE,
            false,
            "watch service",
            () -> FileSystems.getDefault().newWatchService().take()),
        row(WaitKind.CHANNEL_PUT, false, "full queue", WaitKindTest::putIntoFullQueue),
        row(WaitKind.CHANNEL_PUT, false, "hand-over to", () -> new SynchronousQueue<>().put(1)),
        row(
            WaitKind.CHANNEL_PUT,
            false,
            "transfer to",
            () -> new LinkedTransferQueue<>().transfer(1)),
        row(WaitKind.SIGNAL, false, "latch", () -> new CountDownLatch(1).await()),
        row(
            WaitKind.SIGNAL,
            true,
            "latch, timed",
            () -> new CountDownLatch(1).await(1, TimeUnit.HOURS)),
        row(WaitKind.SIGNAL, false, "barrier", () -> new CyclicBarrier(2).await()),
        row(WaitKind.SIGNAL, false, "phaser", () -> new Phaser(2).arriveAndAwaitAdvance()),
        row(WaitKind.SIGNAL, false, "semaphore", () -> new Semaphore(0).acquire()),
        row(WaitKind.SIGNAL, false, "exchanger", () -> new Exchanger<>().exchange(1)),
        row(WaitKind.LOCK, false, "lock", WaitKindTest::lock),
        row(WaitKind.LOCK, false, "read lock", WaitKindTest::readLock),
        row(WaitKind.LOCK, false, "stamped lock", WaitKindTest::stampedLock),
        row(WaitKind.LOCK, false, "monitor", WaitKindTest::enterMonitor),
        row(WaitKind.SLEEP, true, "sleep", () -> Thread.sleep(3_600_000)),
        row(WaitKind.SLEEP, true, "sleep by unit", () -> TimeUnit.HOURS.sleep(1)),
        row(
            WaitKind.SOCKET,
            false,
            "socket",
            () -> connection().getInputStream().read()),
        row(WaitKind.SOCKET, true, "socket, timed", WaitKindTest::readWithTimeout),
        row(WaitKind.SOCKET, false, "channel", WaitKindTest::readFromChannel),
        row(WaitKind.FILE, false, "output of a process", WaitKindTest::readFromProcess),
        row(WaitKind.RESULT, false, "future", () -> new FutureTask<>(() -> 1).get()),
        row(WaitKind.RESULT, false, "promise", () -> new CompletableFuture<>().join()),
        row(
            WaitKind.RESULT,
            true,
            "promise, timed",
            () -> new CompletableFuture<>().get(1, TimeUnit.HOURS)),
        row(WaitKind.RESULT, false, "completions", WaitKindTest::takeCompletion),
        row(WaitKind.RESULT, false, "thread", () -> Thread.currentThread().join()),
        row(WaitKind.RESULT, false, "notification", WaitKindTest::awaitNotification),
        row(WaitKind.RESULT, false, "condition", WaitKindTest::awaitCondition),
        row(WaitKind.RESULT, false, "park", LockSupport::park),
        row(WaitKind.RESULT, true, "termination", WaitKindTest::awaitTermination),
        row(WaitKind.RESULT, false, "process", WaitKindTest::awaitProcess),
        row(WaitKind.IDLE, false, "accept", () -> new ServerSocket(0).accept()),
        row(WaitKind.IDLE, false, "select", () -> Selector.open().select()),
        row(WaitKind.NONE, false, "works", WaitKindTest::work));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("waits")
  void tellsAWait(WaitKind kind, boolean timed, String name, Wait wait) {
    Thread thread = new Thread(() -> {
      try {
        wait.begin();
      } catch (Exception e) {
        // The end of the test.
      }
    });
    thread.setDaemon(true);
    thread.start();
    try {
      await()
          .atMost(DUE)
          .untilAsserted(() -> assertThat(kindAndTimed(thread))
              .as(() -> List.of(thread.getStackTrace()).toString())
              .isEqualTo(kind + " " + timed));
    } finally {
      thread.interrupt();
    }
  }

  @Test
  void workersWithoutWorkAreIdle() {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1);
    Timer timer = new Timer(true);
    try {
      for (ExecutorService executor : List.of(pool, scheduled)) {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        executor.execute(() -> worker.complete(Thread.currentThread()));
        awaitIdle(worker.join());
      }
      CompletableFuture<Thread> ofTimer = new CompletableFuture<>();
      timer.schedule(
          new java.util.TimerTask() {
            @Override
            public void run() {
              ofTimer.complete(Thread.currentThread());
            }
          },
          0);
      awaitIdle(ofTimer.join());
    } finally {
      pool.shutdownNow();
      scheduled.shutdownNow();
      timer.cancel();
    }
  }

  @Test
  void nothingIsToldWithoutAStack() {
    assertThat(WaitKind.of(new ThreadDetail("t", true, Thread.State.WAITING, List.of())))
        .isEqualTo(WaitKind.NONE);
  }

  private static void awaitIdle(Thread worker) {
    await()
        .atMost(DUE)
        .untilAsserted(() -> assertThat(WaitKind.of(look(worker))).isEqualTo(WaitKind.IDLE));
  }

  private static String kindAndTimed(Thread thread) {
    ThreadDetail detail = look(thread);
    return WaitKind.of(detail) + " " + WaitKind.isTimed(detail);
  }

  private static ThreadDetail look(Thread thread) {
    return new ThreadDetail(
        thread.getName(), true, thread.getState(), List.of(thread.getStackTrace()));
  }

  private static void readFromPipe() throws Exception {
    new PipedInputStream(new PipedOutputStream()).read();
  }

  private static void putIntoFullQueue() throws InterruptedException {
    new ArrayBlockingQueue<>(1, false, List.of(1)).put(2);
  }

  private static void takeCompletion() throws InterruptedException {
    Object never = new ExecutorCompletionService<>(Runnable::run).take();
    throw new IllegalStateException("has got " + never);
  }

  /** Another thread takes it, and ends: that makes the wait a sure one. */
  private static void inAnotherThread(Runnable taking) throws InterruptedException {
    Thread other = new Thread(taking);
    other.start();
    other.join();
  }

  private static void lock() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    inAnotherThread(lock::lock);
    lock.lock();
  }

  private static void readLock() throws InterruptedException {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    inAnotherThread(lock.writeLock()::lock);
    lock.readLock().lock();
  }

  private static void stampedLock() throws InterruptedException {
    StampedLock lock = new StampedLock();
    inAnotherThread(lock::writeLock);
    lock.readLock();
  }

  private static void enterMonitor() throws InterruptedException {
    Object monitor = new Object();
    CountDownLatch entered = new CountDownLatch(1);
    Thread holder = new Thread(() -> {
      synchronized (monitor) {
        entered.countDown();
        LockSupport.park();
      }
    });
    holder.setDaemon(true);
    holder.start();
    entered.await();
    synchronized (monitor) {
      throw new IllegalStateException("the holder has let it go");
    }
  }

  private static void awaitNotification() throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      while (!Thread.interrupted()) {
        monitor.wait();
      }
    }
  }

  private static void awaitCondition() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    Condition condition = lock.newCondition();
    while (lock.isLocked()) {
      condition.await();
    }
  }

  private static void awaitTermination() throws InterruptedException {
    ExecutorService pool = Executors.newCachedThreadPool();
    if (pool.awaitTermination(1, TimeUnit.HOURS)) {
      throw new IllegalStateException("nobody has shut it down");
    }
  }

  private static void awaitProcess() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    try {
      child.waitFor();
    } finally {
      child.destroyForcibly();
    }
  }

  private static void readFromProcess() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    try {
      child.getInputStream().read();
    } finally {
      child.destroyForcibly();
    }
  }

  private static Socket connection() throws Exception {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    return new Socket(server.getInetAddress(), server.getLocalPort());
  }

  private static void readWithTimeout() throws Exception {
    Socket socket = connection();
    socket.setSoTimeout(3_600_000);
    socket.getInputStream().read();
  }

  private static void readFromChannel() throws Exception {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    SocketChannel.open(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))
        .read(ByteBuffer.allocate(1));
  }

  private static void work() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  private static Arguments row(WaitKind kind, boolean timed, String name, Wait wait) {
    return Arguments.of(kind, timed, name, wait);
  }
}
