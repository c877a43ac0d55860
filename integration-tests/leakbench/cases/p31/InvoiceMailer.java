package leakbench.p31;

import java.io.IOException;
import leakbench.harness.Harness;
import leakbench.harness.NioServer;
import org.apache.commons.net.smtp.SMTPClient;

/** Mails invoices, a short-lived thread each (commons-net SMTP); one mail in 30 meets a relay that never greets. */
public final class InvoiceMailer {

  public static void main(String[] args) throws Exception {
    Harness h = Harness.begin("p31", args);
    NioServer relay = new NioServer("smtp-relay", () -> new NioServer.Protocol() {
      @Override
      public byte[] onOpen() {
        return "220 relay ready\r\n".getBytes();
      }

      @Override
      public byte[] onData(byte[] b) {
        return (new String(b).startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n").getBytes();
      }
    });
    NioServer stalled = NioServer.blackHole();
    SmtpSender sender = new SmtpSender(relay.port(), stalled.port(), h.leaky() ? 0 : 600);
    h.driveInline(25, i -> sender.queue(i));
    h.finish();
  }
}

final class SmtpSender {
  private final int relay;
  private final int stalled;
  private final int timeout;

  SmtpSender(int relay, int stalled, int timeout) {
    this.relay = relay;
    this.stalled = stalled;
    this.timeout = timeout;
  }

  void queue(int i) {
    Thread t = new Thread(() -> send(i), "mail-" + i);
    t.setDaemon(true);
    t.start();
  }

  private void send(int i) {
    SMTPClient c = new SMTPClient();
    try {
      c.setDefaultTimeout(timeout);
      c.connect("127.0.0.1", i % 30 == 17 ? stalled : relay);
      c.helo("shop");
      Thread.sleep(80 + (i * 53L) % 300);
      c.quit();
    } catch (IOException | InterruptedException e) {
      // tried again with the next batch
    } finally {
      try {
        c.disconnect();
      } catch (IOException ignored) {
        // gone
      }
    }
  }
}
