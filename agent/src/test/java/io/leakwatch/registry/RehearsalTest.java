package io.leakwatch.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What runs in a hook must be there already: a class that is loaded in the middle of a thread's start can deadlock it. */
class RehearsalTest {
  @Test
  void leavesNoClassForTheHooksToLoad() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of(
        "-Xlog:class+load:stdout",
        // Whoever lists the JVMs of this machine has each load classes to answer.
        "-XX:+DisableAttachMechanism",
        "-cp",
        System.getProperty("java.class.path"),
        RehearsedHooksProgram.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

      int begin = lines.indexOf(RehearsedHooksProgram.BEGIN);
      int end = lines.indexOf(RehearsedHooksProgram.END);
      assertThat(begin).as("what it said: " + lines).isPositive();
      assertThat(end).as("what it said: " + lines).isPositive();
      assertThat(lines.subList(begin + 1, end)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }
}
