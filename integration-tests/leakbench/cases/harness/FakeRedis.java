package leakbench.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Enough of the Redis protocol (RESP2) for Lettuce and Jedis; one thread. */
public final class FakeRedis {

  private final NioServer server;
  private final Map<String, String> data = new ConcurrentHashMap<>();

  public FakeRedis() throws IOException {
    server = new NioServer("redis-server", () -> new NioServer.Protocol() {
      private final ByteArrayOutputStream in = new ByteArrayOutputStream();

      @Override
      public byte[] onData(byte[] chunk) {
        in.writeBytes(chunk);
        byte[] all = in.toByteArray();
        StringBuilder reply = new StringBuilder();
        int pos = 0;
        int[] next = new int[1];
        while (pos < all.length) {
          List<String> cmd = parse(all, pos, next);
          if (cmd == null) {
            break;
          }
          pos = next[0];
          reply.append(answer(cmd));
        }
        in.reset();
        in.write(all, pos, all.length - pos);
        return reply.toString().getBytes(StandardCharsets.ISO_8859_1);
      }
    });
  }

  public int port() {
    return server.port();
  }

  private String answer(List<String> c) {
    switch (c.get(0).toUpperCase()) {
      case "HELLO":
        return "-ERR unknown command 'HELLO'\r\n";
      case "PING":
        return "+PONG\r\n";
      case "SET":
        data.put(c.get(1), c.get(2));
        return "+OK\r\n";
      case "GET":
        String v = data.get(c.get(1));
        return v == null ? "$-1\r\n" : "$" + v.length() + "\r\n" + v + "\r\n";
      case "SUBSCRIBE":
        return "*3\r\n$9\r\nsubscribe\r\n$" + c.get(1).length() + "\r\n" + c.get(1) + "\r\n:1\r\n";
      default:
        return "+OK\r\n";
    }
  }

  private static List<String> parse(byte[] b, int from, int[] next) {
    int p = from;
    if (b[p] != '*') {
      int e = eol(b, p);
      if (e < 0) {
        return null;
      }
      next[0] = e + 2;
      return List.of(new String(b, p, e - p, StandardCharsets.ISO_8859_1).split(" "));
    }
    int e = eol(b, p);
    if (e < 0) {
      return null;
    }
    int n = Integer.parseInt(new String(b, p + 1, e - p - 1, StandardCharsets.ISO_8859_1));
    p = e + 2;
    List<String> l = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (p >= b.length || (e = eol(b, p)) < 0) {
        return null;
      }
      int len = Integer.parseInt(new String(b, p + 1, e - p - 1, StandardCharsets.ISO_8859_1));
      p = e + 2;
      if (p + len + 2 > b.length) {
        return null;
      }
      l.add(new String(b, p, len, StandardCharsets.ISO_8859_1));
      p += len + 2;
    }
    next[0] = p;
    return l;
  }

  private static int eol(byte[] b, int from) {
    for (int i = from; i + 1 < b.length; i++) {
      if (b[i] == '\r' && b[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
