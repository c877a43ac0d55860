package io.leakwatch.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFramesTest {
  private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";

  @Test
  void aTaskIsEnteredByTheApplicationsOutermostFrameInsideOfThePool() {
    List<StackTraceElement> stack = stack(
        "java.net.Socket.read",
        "com.acme.Report.query",
        "com.acme.Report.run",
        "java.util.concurrent.FutureTask.run",
        POOL + ".runWorker",
        POOL + "$Worker.run",
        "com.acme.NamedThreads.lambda$newThread$0",
        "java.lang.Thread.run");

    assertThat(TaskFrames.entry(stack)).isEqualTo("com.acme.Report.run");
    assertThat(TaskFrames.ofTask(stack)).hasSize(4);
  }

  @Test
  void soItIsInForkJoinPoolsAndTimers() {
    assertThat(TaskFrames.entry(stack(
            "com.acme.Prices.lambda$total$0",
            "java.util.stream.ReduceOps$ReduceTask.doLeaf",
            "java.util.concurrent.ForkJoinTask.doExec",
            "java.util.concurrent.ForkJoinPool.runWorker",
            "java.util.concurrent.ForkJoinWorkerThread.run")))
        .isEqualTo("com.acme.Prices.lambda$total$0");
    assertThat(TaskFrames.entry(stack(
            "java.lang.Thread.sleep",
            "com.acme.Refresh.run",
            "java.util.TimerThread.mainLoop",
            "java.util.TimerThread.run")))
        .isEqualTo("com.acme.Refresh.run");
  }

  @Test
  void theFrameOfALambdasOwnClassIsNoMethodOfTheApplication() {
    assertThat(TaskFrames.entry(stack(
            "com.acme.Report.write",
            "com.acme.Report$$Lambda$89/0x00007f.run",
            POOL + ".runWorker")))
        .isEqualTo("com.acme.Report.write");
  }

  @Test
  void anApplicationsOwnLoopOfThatNameIsNoExecutors() {
    assertThat(TaskFrames.entry(stack("com.acme.Work.step", "com.acme.Work.runWorker")))
        .isEqualTo("com.acme.Work.runWorker");
  }

  @Test
  void aTaskThatIsAllTheJdksIsKnownByWhatItIsAt() {
    assertThat(TaskFrames.entry(stack(
            "java.util.ArrayList.clear",
            "java.util.concurrent.Executors$RunnableAdapter.call",
            POOL + ".runWorker")))
        .isEqualTo("java.util.ArrayList.clear");
    assertThat(TaskFrames.entry(List.of())).isEmpty();
  }

  private static List<StackTraceElement> stack(String... methods) {
    List<StackTraceElement> stack = new ArrayList<>();
    for (String method : methods) {
      int dot = method.lastIndexOf('.');
      stack.add(new StackTraceElement(
          method.substring(0, dot), method.substring(dot + 1), "Source.java", 1));
    }
    return stack;
  }
}
