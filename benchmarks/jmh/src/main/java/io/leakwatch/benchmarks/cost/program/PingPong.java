package io.leakwatch.benchmarks.cost.program;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** Two virtual threads that wake each other by turns. */
final class PingPong {
  private final Thread[] players = new Thread[2];
  private volatile int turn;

  PingPong(ThreadFactory factory, int turns) {
    for (int i = 0; i < players.length; i++) {
      int me = i;
      players[i] = factory.newThread(() -> play(me, turns));
    }
  }

  void play() throws InterruptedException {
    for (Thread player : players) {
      player.start();
    }
    for (Thread player : players) {
      player.join();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only whose turn it is writes
  private void play(int me, int turns) {
    while (turn < turns) {
      if ((turn & 1) == me) {
        turn++;
        LockSupport.unpark(players[1 - me]);
      } else {
        LockSupport.park(this);
      }
    }
  }
}
