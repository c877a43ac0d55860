package com.acme.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcurrentStackTest {
  private static final int TASKS = 1_000;
  private static final int ELEMENTS_OF_EACH = 200;

  static Stream<ConcurrentStack<Integer>> stacks() {
    return Stream.of(
        new LockFreeStack<>(),
        new EliminationBackoffStack<>(),
        new EliminationBackoffStack<>(1, 1_000),
        new MutexStack<>(),
        new DequeStack<>());
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void givesTheLastElementFirst(ConcurrentStack<Integer> stack) {
    stack.push(1);
    stack.push(2);
    assertThat(stack.peek()).contains(2);
    assertThat(stack.sizeEstimate()).isEqualTo(2);
    assertThat(stack.pop()).contains(2);
    stack.push(3);
    assertThat(stack.pop()).contains(3);
    assertThat(stack.pop()).contains(1);
    assertThat(stack.sizeEstimate()).isZero();
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void anEmptyStackGivesNothing(ConcurrentStack<Integer> stack) {
    assertThat(stack.pop()).isEmpty();
    assertThat(stack.peek()).isEmpty();
    assertThat(stack.sizeEstimate()).isZero();
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void nullIsRefused(ConcurrentStack<Integer> stack) {
    assertThatThrownBy(() -> stack.push(null)).isInstanceOf(NullPointerException.class);
    assertThat(stack.pop()).isEmpty();
  }

  @Test
  void aBackOffThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new EliminationBackoffStack<>(0, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slots 0 and spins 64; at least 1 slot and 0 spins are needed");
    assertThatThrownBy(() -> new EliminationBackoffStack<>(1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Half of what goes in is taken at once by whoever comes, the rest at the end. */
  @ParameterizedTest
  @MethodSource("stacks")
  @Timeout(120)
  void whatGoesInComesOutExactlyOnce(ConcurrentStack<Integer> stack) throws InterruptedException {
    AtomicIntegerArray out = new AtomicIntegerArray(TASKS * ELEMENTS_OF_EACH);
    ThreadFactory threads = VirtualThreads.factory().orElse(Thread::new);
    List<Thread> tasks = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      int first = task * ELEMENTS_OF_EACH;
      tasks.add(threads.newThread(() -> pushAllAndPopHalf(stack, first, out)));
    }
    tasks.forEach(Thread::start);
    for (Thread task : tasks) {
      task.join();
    }
    assertThat(stack.sizeEstimate()).isEqualTo(TASKS * ELEMENTS_OF_EACH / 2);
    Stream.generate(stack::pop)
        .takeWhile(popped -> popped.isPresent())
        .forEach(popped -> out.incrementAndGet(popped.orElseThrow()));
    for (int element = 0; element < out.length(); element++) {
      assertThat(out.get(element)).as("times that %s came out", element).isEqualTo(1);
    }
  }

  private static void pushAllAndPopHalf(
      ConcurrentStack<Integer> stack, int first, AtomicIntegerArray out) {
    for (int i = 0; i < ELEMENTS_OF_EACH; i++) {
      stack.push(first + i);
      if (i % 2 == 1) {
        out.incrementAndGet(stack.pop().orElseThrow());
      }
    }
  }
}
