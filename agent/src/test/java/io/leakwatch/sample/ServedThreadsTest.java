package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real sockets. */
class ServedThreadsTest {
  private static final int CLIENTS = 4;

  private final ServerSocket server;
  private final List<Socket> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ServedThreads served = new ServedThreads();

  ServedThreadsTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      Socket connection = server.accept();
      Thread thread = new Thread(() -> serve(connection), "served-" + i);
      thread.start();
      threads.add(thread);
    }
    await().until(() -> threads.stream().allMatch(ServedThreadsTest::reads));
  }

  @AfterEach
  void close() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void whoGetsSomethingToReadIsServed() throws Exception {
    assertThat(sample()).as("seen for the first time").isFalse();
    talk(CLIENTS);
    assertThat(sample()).isTrue();
    assertThat(sample()).as("nothing was said in between").isFalse();
  }

  @Test
  void halfOfThemIsNotMost() throws Exception {
    sample();
    talk(CLIENTS / 2);
    assertThat(sample()).isFalse();
    talk(CLIENTS / 2 + 1);
    assertThat(sample()).isTrue();
  }

  @Test
  void whoWaitsForSomethingElseIsNotServedWhateverItDoes() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread busy = new Thread(() -> {
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    });
    busy.start();
    try {
      List<ThreadDetail> details = List.of(ThreadDetail.of(busy, 64));
      assertThat(served.areServed(List.of(busy), details)).isFalse();
      served.endSample();
      assertThat(served.areServed(List.of(busy), details)).isFalse();
    } finally {
      end.countDown();
      busy.join();
    }
  }

  private boolean sample() {
    await().until(() -> threads.stream().allMatch(ServedThreadsTest::reads));
    boolean are = served.areServed(
        threads, threads.stream().map(t -> ThreadDetail.of(t, 64)).toList());
    served.endSample();
    return are;
  }

  /** Each of the first so many clients says something and waits for the answer. */
  private void talk(int count) throws IOException {
    for (Socket client : clients.subList(0, count)) {
      client.getOutputStream().write('m');
      assertThat(client.getInputStream().read()).isEqualTo('m');
    }
  }

  private static boolean reads(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    for (int i = 0; i < stack.length; i++) {
      if (stack[i].getMethodName().equals("implRead")) {
        return i > 0 && stack[0].isNativeMethod();
      }
    }
    return false;
  }

  private static void serve(Socket connection) {
    try (connection) {
      int message;
      while ((message = connection.getInputStream().read()) >= 0) {
        connection.getOutputStream().write(message);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
