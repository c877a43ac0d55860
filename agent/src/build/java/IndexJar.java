import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Run by the build: writes the index of a jar whose entries are stored, as {@code io.leakwatch.NestedJar} describes it.
 *
 * <p>Of the format of zip files (APPNOTE.TXT, 4.3) only what is in a jar of ours: neither ZIP64 nor a comment.
 */
final class IndexJar {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int ROW_BYTES = 16;
  private static final String CLASS = ".class";

  private IndexJar() {}

  private record Row(int hash, int nameAt, int contentAt, int length) {}

  public static void main(String[] args) throws IOException {
    ByteBuffer jar =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0]))).order(ByteOrder.LITTLE_ENDIAN);
    int end = jar.capacity() - END_BYTES;
    if (jar.getInt(end) != END_SIGNATURE) {
      throw new IOException(args[0] + " does not end as a jar without a comment does");
    }
    List<Row> rows = new ArrayList<>();
    int at = jar.getInt(end + 16);
    for (int left = jar.getShort(end + 10) & 0xffff; left > 0; left--) {
      int nameBytes = jar.getShort(at + 28) & 0xffff;
      String name = new String(jar.array(), at + ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
      int method = jar.getShort(at + 10);
      int local = jar.getInt(at + 42);
      if (!name.endsWith("/")) {
        if (method != 0) {
          throw new IOException(name + " is compressed");
        }
        int extraBytes = jar.getShort(local + 28) & 0xffff;
        rows.add(new Row(
            key(name).hashCode(),
            local + LOCAL_BYTES,
            local + LOCAL_BYTES + nameBytes + extraBytes,
            jar.getInt(at + 24)));
      }
      at += ENTRY_BYTES + nameBytes + (jar.getShort(at + 30) & 0xffff) + (jar.getShort(at + 32) & 0xffff);
    }
    Files.write(Path.of(args[1]), table(rows));
  }

  private static byte[] table(List<Row> rows) {
    int size = Integer.highestOneBit(rows.size() * 4 / 3) * 2;
    ByteBuffer table = ByteBuffer.allocate(size * ROW_BYTES);
    for (Row row : rows) {
      int at = row.hash() ^ row.hash() >>> 16;
      while (table.getInt(ROW_BYTES * (at & (size - 1)) + 4) != 0) {
        at++;
      }
      table.position(ROW_BYTES * (at & (size - 1)));
      table.putInt(row.hash()).putInt(row.nameAt()).putInt(row.contentAt()).putInt(row.length());
    }
    return table.array();
  }

  private static String key(String name) {
    return name.endsWith(CLASS)
        ? name.substring(0, name.length() - CLASS.length()).replace('/', '.')
        : name;
  }
}
