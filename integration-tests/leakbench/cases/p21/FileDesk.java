package leakbench.p21;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import leakbench.harness.Harness;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** Lists remote directories over SSH (JSch client, embedded MINA SSHD server). */
public final class FileDesk {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p21", args);
    SshServer server = server();
    RemoteFiles files = new RemoteFiles(server.getPort(), !h.leaky());
    h.drive(3, i -> files.list("/data/" + i));
    h.finish();
  }

  private static SshServer server() throws Exception {
    SshServer s = SshServer.setUpDefaultServer();
    s.setHost("127.0.0.1");
    s.setPort(0);
    SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
    keys.setAlgorithm("EC");
    keys.setKeySize(256);
    s.setKeyPairProvider(keys);
    s.setPasswordAuthenticator((u, p, x) -> true);
    s.setCommandFactory((c, line) -> new ListCommand(line));
    s.start();
    return s;
  }

  private static final class ListCommand implements Command {
    private final String line;
    private OutputStream out;
    private ExitCallback exit;

    ListCommand(String line) {
      this.line = line;
    }

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
      this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment env) throws java.io.IOException {
      out.write((line + ": a.txt b.txt\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      exit.onExit(0);
    }

    @Override
    public void destroy(ChannelSession channel) {}
  }
}

final class RemoteFiles {
  private final int port;
  private final boolean closeSession;

  RemoteFiles(int port, boolean closeSession) {
    this.port = port;
    this.closeSession = closeSession;
  }

  String list(String dir) throws Exception {
    Session session = new JSch().getSession("etl", "127.0.0.1", port);
    session.setPassword("x");
    session.setConfig("StrictHostKeyChecking", "no");
    session.connect(5000);
    ChannelExec ch = (ChannelExec) session.openChannel("exec");
    try {
      ch.setCommand("ls " + dir);
      ByteArrayOutputStream o = new ByteArrayOutputStream();
      InputStream in = ch.getInputStream();
      ch.connect(5000);
      in.transferTo(o);
      return o.toString(StandardCharsets.UTF_8);
    } finally {
      ch.disconnect();
      if (closeSession) {
        session.disconnect();
      }
    }
  }
}
