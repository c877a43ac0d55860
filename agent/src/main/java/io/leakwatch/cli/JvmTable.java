package io.leakwatch.cli;

import io.leakwatch.cli.JvmAttach.AttachFailedException;
import io.leakwatch.cli.JvmAttach.AttachedJvm;
import io.leakwatch.text.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The table of JVMs that {@code list} prints. */
final class JvmTable {

  private static final String UNREACHABLE = "cannot attach";
  private static final String SILENT = "no answer";

  private final JvmAttach attach;
  private final Duration patience;

  /**
   * @param patience how long all JVMs together may take to answer; a suspended one never does
   */
  JvmTable(JvmAttach attach, Duration patience) {
    this.attach = attach;
    this.patience = patience;
  }

  /** The lines of the table; empty when there is no JVM. */
  List<String> lines() {
    List<RunningJvm> jvms = attach.list();
    if (jvms.isEmpty()) {
      return List.of();
    }
    Map<Long, String> states = askAll(jvms);
    List<String> lines = new ArrayList<>();
    lines.add(line("PID", "LEAKWATCH", "MAIN"));
    for (RunningJvm jvm : jvms) {
      String main = jvm.main().isEmpty() ? "(unknown)" : PlainText.of(jvm.main());
      String state = states.getOrDefault(jvm.pid(), SILENT);
      lines.add(line(Long.toString(jvm.pid()), state, main));
    }
    return lines;
  }

  private Map<Long, String> askAll(List<RunningJvm> jvms) {
    Map<Long, String> states = new ConcurrentHashMap<>();
    List<Thread> questions = new ArrayList<>();
    for (RunningJvm jvm : jvms) {
      Thread question =
          new Thread(() -> states.put(jvm.pid(), ask(jvm)), "leakwatch-list-" + jvm.pid());
      // One that gets no answer must not keep the command from ending.
      question.setDaemon(true);
      question.start();
      questions.add(question);
    }
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (Thread question : questions) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        question.join(Math.max(1, millis));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return states;
  }

  private String ask(RunningJvm jvm) {
    try (AttachedJvm attached = attach.attach(jvm.pid())) {
      String version = attached.agentProperties().getProperty(AgentProperties.VERSION);
      return version == null ? "not running" : "running " + PlainText.of(version);
    } catch (AttachFailedException e) {
      return UNREACHABLE;
    }
  }

  private static String line(String pid, String state, String main) {
    return padded(pid, 9) + padded(state, 24) + main;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
