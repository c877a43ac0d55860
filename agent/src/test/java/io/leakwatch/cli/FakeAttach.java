package io.leakwatch.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** JVMs that need no process. Each is set up by a test before the command runs. */
final class FakeAttach implements JvmAttach {

  private final List<RunningJvm> jvms = new ArrayList<>();
  private final Map<Long, FakeJvm> byPid = new HashMap<>();

  /** What was loaded, as {@code PID JAR OPTIONS}. */
  final List<String> loaded = new ArrayList<>();

  /** What the requests were known by. */
  final List<String> ids = new ArrayList<>();

  FakeJvm add(long pid, String commandLine) {
    jvms.add(new RunningJvm(pid, commandLine));
    FakeJvm jvm = new FakeJvm(pid);
    byPid.put(pid, jvm);
    return jvm;
  }

  @Override
  public List<RunningJvm> list() {
    return jvms;
  }

  @Override
  public AttachedJvm attach(long pid) throws AttachFailedException {
    FakeJvm jvm = byPid.get(pid);
    if (jvm == null) {
      throw new AttachFailedException("there is no process " + pid);
    }
    if (jvm.suspended) {
      awaitForever();
    }
    if (jvm.refusal != null) {
      throw new AttachFailedException(jvm.refusal);
    }
    jvm.connections++;
    return jvm;
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** One of them. */
  final class FakeJvm implements AttachedJvm {
    private final long pid;
    private boolean ended;
    final Properties properties = new Properties();
    final Properties propertiesOnceLoaded = new Properties();

    @Nullable
    String refusal;

    @Nullable
    String loadRefusal;

    /** What its agent answers to a request, by what is wanted; none when it never answers. */
    final Map<String, String> answers = new HashMap<>();

    /** Jars that it cannot see. */
    final Set<String> missingJars = new HashSet<>();

    boolean endsWhenAsked;
    boolean suspended;
    int connections;

    FakeJvm(long pid) {
      this.pid = pid;
      propertiesOnceLoaded.setProperty("leakwatch.agent", "1.2.3");
      propertiesOnceLoaded.setProperty("leakwatch.log", "stderr");
    }

    @Override
    public Properties agentProperties() throws AttachFailedException {
      if (ended) {
        throw new AttachFailedException("JVM " + pid + " has ended");
      }
      return properties;
    }

    @Override
    public void load(String jar, String options) throws AttachFailedException {
      if (loadRefusal != null) {
        throw new AttachFailedException(loadRefusal);
      }
      if (missingJars.contains(jar)) {
        throw new AttachFailedException("JVM " + pid + " refused the agent: no " + jar);
      }
      if (options.startsWith(AgentProperties.REQUEST)) {
        answer(jar, options.substring(AgentProperties.REQUEST.length()).split(":"));
        return;
      }
      loaded.add(pid + " " + jar + " " + options);
      properties.putAll(propertiesOnceLoaded);
    }

    @Override
    public String command(String line) throws AttachFailedException {
      throw new AttachFailedException("JVM " + pid + " refused " + line);
    }

    @Override
    public void close() {
      connections--;
    }

    private void answer(String jar, String[] request) {
      ids.add(request[0]);
      loaded.add(pid + " " + jar + " asked for " + request[1]);
      ended = endsWhenAsked;
      String answer = answers.get(request[1]);
      if (answer != null) {
        properties.setProperty(AgentProperties.ANSWER + request[0], answer);
      }
    }
  }
}
