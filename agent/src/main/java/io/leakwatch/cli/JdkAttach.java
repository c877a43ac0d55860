package io.leakwatch.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.leakwatch.text.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Attaches through the JDK. The only class that refers to {@code com.sun.tools.attach}: in a runtime without the module
 * {@code jdk.attach} its use ends in a {@link NoClassDefFoundError}.
 */
final class JdkAttach implements JvmAttach {

  @Override
  public List<RunningJvm> list() {
    long self = ProcessHandle.current().pid();
    List<RunningJvm> jvms = new ArrayList<>();
    for (VirtualMachineDescriptor descriptor : VirtualMachine.list()) {
      long pid = Long.parseLong(descriptor.id());
      if (pid != self) {
        jvms.add(new RunningJvm(pid, descriptor.displayName()));
      }
    }
    jvms.sort(Comparator.comparingLong(RunningJvm::pid));
    return jvms;
  }

  @Override
  public AttachedJvm attach(long pid) throws AttachFailedException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      throw new AttachFailedException("there is no process " + pid);
    }
    try {
      return new Connection(VirtualMachine.attach(Long.toString(pid)));
    } catch (AttachNotSupportedException | IOException e) {
      Optional<String> owner = process.get().info().user();
      Optional<String> self = ProcessHandle.current().info().user();
      throw new AttachFailedException(explain(pid, owner, self, reason(e)));
    }
  }

  /** Why a process that exists could not be attached to, as far as can be told from outside. */
  static String explain(long pid, Optional<String> owner, Optional<String> self, String reason) {
    if (owner.isPresent() && self.isPresent() && !owner.equals(self)) {
      return "process "
          + pid
          + " belongs to the user "
          + PlainText.of(owner.get())
          + "; run this command as that user ("
          + reason
          + ")";
    }
    return "process "
        + pid
        + " cannot be attached to; it is no JVM, or one that does not allow it ("
        + reason
        + ")";
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : PlainText.of(message.strip());
  }

  /** Keeps the JDK's type out of everybody else's sight. */
  private static final class Connection implements AttachedJvm {
    private final VirtualMachine jvm;

    Connection(VirtualMachine jvm) {
      this.jvm = jvm;
    }

    @Override
    public Properties agentProperties() throws AttachFailedException {
      try {
        return jvm.getAgentProperties();
      } catch (IOException e) {
        boolean ended = ProcessHandle.of(Long.parseLong(jvm.id())).isEmpty();
        throw new AttachFailedException(
            "JVM " + jvm.id() + (ended ? " has ended" : " does not answer: " + reason(e)));
      }
    }

    @Override
    public void load(String jar, String options) throws AttachFailedException {
      try {
        jvm.loadAgent(jar, options);
      } catch (AgentLoadException | IOException e) {
        throw new AttachFailedException("JVM " + jvm.id() + " refused the agent: " + reason(e));
      } catch (AgentInitializationException e) {
        throw new AttachFailedException("the agent failed to start in JVM "
            + jvm.id()
            + ", whose standard error says why: "
            + reason(e));
      }
    }

    @Override
    public String command(String line) throws AttachFailedException {
      try {
        // Public in the JDK's own class, which the manifest of this jar asks to have exported.
        Method execute = jvm.getClass().getMethod("executeJCmd", String.class);
        try (InputStream answer = (InputStream) execute.invoke(jvm, line)) {
          return readAll(answer);
        }
      } catch (InvocationTargetException e) {
        throw new AttachFailedException("JVM " + jvm.id() + " refused " + line + ": "
            + (e.getCause() instanceof Exception cause ? reason(cause) : e.getCause()));
      } catch (IOException e) {
        throw new AttachFailedException("JVM " + jvm.id() + " does not answer: " + reason(e));
      } catch (ReflectiveOperationException e) {
        throw new AttachFailedException("this JDK does not let its diagnostic commands be used ("
            + reason(e)
            + "); start this as java -jar leakwatch.jar");
      }
    }

    /** Each piece to the start of an array: up to JDK 17 this stream gets any other place wrong. */
    private static String readAll(InputStream answer) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] piece = new byte[8_192];
      for (int length = answer.read(piece); length > 0; length = answer.read(piece)) {
        all.write(piece, 0, length);
      }
      return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      try {
        jvm.detach();
      } catch (IOException e) {
        // The connection is gone either way, and what was to be done is done.
      }
    }
  }
}
