package leakbench.harness;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Enough of the PostgreSQL wire protocol for pgjdbc with preferQueryMode=simple; one thread.
 * A statement with the word "stall" in it is never answered (a lost response, a lock wait on the server).
 */
public final class FakePostgres {

  private final NioServer server;

  public FakePostgres() throws IOException {
    server = new NioServer("postgres-server", () -> new NioServer.Protocol() {
      private final ByteArrayOutputStream in = new ByteArrayOutputStream();
      private boolean started;

      @Override
      public byte[] onData(byte[] chunk) throws IOException {
        in.writeBytes(chunk);
        byte[] all = in.toByteArray();
        ByteBuffer b = ByteBuffer.wrap(all);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
          b.mark();
          if (!started) {
            if (b.remaining() < 8) {
              break;
            }
            int len = b.getInt();
            if (b.remaining() < len - 4) {
              b.reset();
              break;
            }
            int code = b.getInt();
            b.position(b.position() + len - 8);
            if (code == 80877103 || code == 80877104) {
              out.write('N');
            } else if (code == 196608) {
              started = true;
              startup(out);
            } else {
              throw new IOException("cancel request");
            }
            continue;
          }
          if (b.remaining() < 5) {
            b.reset();
            break;
          }
          int type = b.get();
          int len = b.getInt();
          if (b.remaining() < len - 4) {
            b.reset();
            break;
          }
          byte[] body = new byte[len - 4];
          b.get(body);
          if (type == 'X') {
            throw new IOException("terminate");
          }
          if (type == 'Q') {
            String sql = new String(body, StandardCharsets.UTF_8).toLowerCase();
            if (!sql.contains("stall")) {
              answer(out, sql);
            }
          }
        }
        in.reset();
        in.write(all, b.position(), b.remaining());
        return out.toByteArray();
      }
    });
  }

  public int port() {
    return server.port();
  }

  public String jdbcUrl(String more) {
    return "jdbc:postgresql://127.0.0.1:" + port()
        + "/app?user=app&password=app&preferQueryMode=simple&sslmode=disable&gssEncMode=disable"
        + more;
  }

  private static void msg(ByteArrayOutputStream out, char type, byte[] body) throws IOException {
    DataOutputStream d = new DataOutputStream(out);
    d.writeByte(type);
    d.writeInt(body.length + 4);
    d.write(body);
  }

  private static byte[] cstrings(String... s) {
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    for (String x : s) {
      o.writeBytes(x.getBytes(StandardCharsets.UTF_8));
      o.write(0);
    }
    return o.toByteArray();
  }

  private static void startup(ByteArrayOutputStream out) throws IOException {
    msg(out, 'R', new byte[] {0, 0, 0, 0});
    String[][] ps = {
      {"server_version", "15.4"},
      {"server_encoding", "UTF8"},
      {"client_encoding", "UTF8"},
      {"DateStyle", "ISO, MDY"},
      {"integer_datetimes", "on"},
      {"standard_conforming_strings", "on"},
      {"TimeZone", "UTC"}
    };
    for (String[] p : ps) {
      msg(out, 'S', cstrings(p));
    }
    msg(out, 'K', new byte[] {0, 0, 0, 7, 0, 0, 0, 9});
    msg(out, 'Z', new byte[] {'I'});
  }

  private static void answer(ByteArrayOutputStream out, String sql) throws IOException {
    if (sql.startsWith("select")) {
      ByteArrayOutputStream t = new ByteArrayOutputStream();
      DataOutputStream d = new DataOutputStream(t);
      d.writeShort(1);
      d.write(cstrings("one"));
      d.writeInt(0);
      d.writeShort(0);
      d.writeInt(25); // text
      d.writeShort(-1);
      d.writeInt(-1);
      d.writeShort(0);
      msg(out, 'T', t.toByteArray());
      ByteArrayOutputStream r = new ByteArrayOutputStream();
      d = new DataOutputStream(r);
      d.writeShort(1);
      d.writeInt(1);
      d.write('1');
      msg(out, 'D', r.toByteArray());
      msg(out, 'C', cstrings("SELECT 1"));
    } else {
      msg(out, 'C', cstrings("SET"));
    }
    msg(out, 'Z', new byte[] {'I'});
  }
}
