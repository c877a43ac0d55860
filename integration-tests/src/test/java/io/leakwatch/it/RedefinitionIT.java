package io.leakwatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.programs.Redefined;
import com.acme.programs.RedefiningAgent;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;

/** Classes change under the agent: an application's by a debugger, those it has woven by another agent. It goes on counting. */
class RedefinitionIT {
  private static final String GUILTY =
      GuiltyLine.start("integration-tests/src/test/java", Redefined.class.getName() + ".leak");

  /** So many more threads show that the hooks are still there. */
  private static final int MORE = 20;

  private static final String OPTIONS = "interval=200ms,warmup=1s,report-interval=1s";

  /** As long as the text that it replaces in the class file. */
  private static final String AFTER = "beyond";

  private final Path folder;

  RedefinitionIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @OnEveryJdk
  void aDebuggerRedefinesTheClassWhoseThreadsLeak(JdkUnderTest jdk) throws Exception {
    try (AgentProcess app = AgentJvm.on(jdk)
        .options(OPTIONS)
        .jvmArgs("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0")
        .main(Redefined.class)) {
      Report.Finding before = awaitLeak(app, 0);
      String listening = app.awaitLine("Listening for transport dt_socket at address: ");
      VirtualMachine debugged = attached(listening.substring(listening.lastIndexOf(' ') + 1));
      try {
        debugged.redefineClasses(
            Map.of(debugged.classesByName(Redefined.class.getName()).get(0), changed()));
      } finally {
        debugged.dispose();
      }
      app.awaitLine("leaks " + AFTER + " redefinition");
      assertGoesOn(app, before);
    }
  }

  @OnEveryJdk
  void anotherAgentRedefinesTheClassesThatAreWoven(JdkUnderTest jdk) throws Exception {
    Path other = agentJar(RedefiningAgent.class);
    try (AgentProcess app = AgentJvm.on(jdk).options(OPTIONS).main(Redefined.class)) {
      Report.Finding before = awaitLeak(app, 0);
      var attached = com.sun.tools.attach.VirtualMachine.attach("" + app.pid());
      try {
        attached.loadAgent(other.toString());
      } finally {
        attached.detach();
      }
      app.awaitLine("redefined 4 classes");
      assertGoesOn(app, before);
    }
  }

  private static Report.Finding awaitLeak(AgentProcess app, long moreThan) {
    Report.Finding leak =
        app.awaitFinding(finding -> finding.isConfirmed() && finding.count() > moreThan);
    assertThat(leak.createdAt()).as(app::transcript).first().isEqualTo(GUILTY);
    return leak;
  }

  /** More threads are seen to start, and they belong to the same finding. */
  private static void assertGoesOn(AgentProcess app, Report.Finding before) {
    long written = app.reports().size();
    // The next one may be of a sample that was begun before.
    Report since = app.awaitReport(report -> report.sequence() > written + 1);
    app.awaitReport(
        report -> report.threads().startedTotal() > since.threads().startedTotal() + MORE);
    Report.Finding after = awaitLeak(app, before.count() + MORE);
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());

    app.sendLine("end");
    assertThat(app.awaitExit()).as(app::transcript).isZero();
    Report last = app.awaitReport(Report::isFinal);
    assertThat(last.agent().hookFailures()).isZero();
    assertThat(app.stderr()).doesNotContain("\tat ", "is dead on", "failed", "not started");
  }

  private static VirtualMachine attached(String port) throws Exception {
    AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
        .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
        .findFirst()
        .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(port);
    return connector.attach(arguments);
  }

  private static byte[] changed() throws IOException {
    String text = new String(classFile(Redefined.class), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(Redefined.BEFORE);
    return text.replace(Redefined.BEFORE, AFTER).getBytes(StandardCharsets.ISO_8859_1);
  }

  private Path agentJar(Class<?> agent) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", agent.getName());
    attributes.putValue("Can-Redefine-Classes", "true");
    attributes.putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("other.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      // The nested class comes from the class path of the application.
      entries.putNextEntry(new JarEntry(agent.getName().replace('.', '/') + ".class"));
      entries.write(classFile(agent));
    }
    return jar;
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return in.readAllBytes();
    }
  }
}
