package leakbench.harness;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** A loopback server with exactly one thread, whatever the number of connections. */
public class NioServer implements Closeable {

  /** Per-connection protocol: gets the bytes read, returns what to send now (null: nothing, ever or yet). */
  public interface Protocol {
    byte[] onData(byte[] chunk) throws IOException;

    /** What to send as soon as the connection is accepted (null: nothing). */
    default byte[] onOpen() {
      return null;
    }
  }

  public interface ProtocolFactory {
    Protocol open();
  }

  private final Selector selector;
  private final ServerSocketChannel server;
  private final Thread thread;
  private volatile boolean open = true;

  private static final class Conn {
    final Protocol p;
    final Deque<ByteBuffer> pending = new ArrayDeque<>();

    Conn(Protocol p) {
      this.p = p;
    }
  }

  public NioServer(String name, ProtocolFactory f) throws IOException {
    selector = Selector.open();
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    thread = new Thread(() -> loop(f), name);
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    try {
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void loop(ProtocolFactory f) {
    ByteBuffer buf = ByteBuffer.allocate(64 * 1024);
    while (open) {
      try {
        selector.select();
      } catch (IOException e) {
        return;
      }
      Iterator<SelectionKey> it = selector.selectedKeys().iterator();
      while (it.hasNext()) {
        SelectionKey k = it.next();
        it.remove();
        try {
          if (k.isAcceptable()) {
            SocketChannel c = server.accept();
            if (c != null) {
              c.configureBlocking(false);
              Conn conn = new Conn(f.open());
              SelectionKey ck = c.register(selector, SelectionKey.OP_READ, conn);
              byte[] hello = conn.p.onOpen();
              if (hello != null) {
                conn.pending.add(ByteBuffer.wrap(hello));
                ck.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
              }
            }
            continue;
          }
          SocketChannel c = (SocketChannel) k.channel();
          Conn conn = (Conn) k.attachment();
          if (k.isReadable()) {
            buf.clear();
            int n = c.read(buf);
            if (n < 0) {
              k.cancel();
              c.close();
              continue;
            }
            buf.flip();
            byte[] b = new byte[buf.remaining()];
            buf.get(b);
            byte[] reply = conn.p.onData(b);
            if (reply != null && reply.length > 0) {
              conn.pending.add(ByteBuffer.wrap(reply));
            }
          }
          while (!conn.pending.isEmpty()) {
            ByteBuffer o = conn.pending.peek();
            c.write(o);
            if (o.hasRemaining()) {
              break;
            }
            conn.pending.poll();
          }
          k.interestOps(
              conn.pending.isEmpty()
                  ? SelectionKey.OP_READ
                  : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (Exception e) {
          k.cancel();
          try {
            k.channel().close();
          } catch (IOException ignored) {
            // gone
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    open = false;
    selector.wakeup();
    server.close();
  }

  /** Sends back whatever it gets. */
  public static NioServer echo() throws IOException {
    return new NioServer("echo-server", () -> b -> b);
  }

  /** Accepts, reads, never answers. */
  public static NioServer blackHole() throws IOException {
    return new NioServer("stalled-server", () -> b -> null);
  }
}
