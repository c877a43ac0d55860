package io.leakwatch.prove.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file of any size, mapped into memory, big-endian.
 *
 * <p>A Java 17 buffer ends at 2 GiB, so the file is mapped in chunks; each overlaps the next by the longest value that is
 * read, so that no read crosses a border. Thread-safe: it holds no position.
 */
final class MappedBytes {
  /** 1 GiB a chunk. */
  private static final int CHUNK_BITS = 30;

  private static final int OVERLAP = Long.BYTES;

  private final ByteBuffer[] chunks;
  private final int chunkBits;
  private final int chunkMask;
  private final long size;

  private MappedBytes(ByteBuffer[] chunks, int chunkBits, long size) {
    this.chunks = chunks;
    this.chunkBits = chunkBits;
    this.chunkMask = (1 << chunkBits) - 1;
    this.size = size;
  }

  /** Maps a file. The mapping ends when nothing refers to this any more; the file may be deleted before. */
  static MappedBytes map(Path file) throws IOException {
    return map(file, CHUNK_BITS);
  }

  /** With chunks of 2 to the power of {@code chunkBits} bytes: small ones show in tests what large files do. */
  static MappedBytes map(Path file, int chunkBits) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long chunkSize = 1L << chunkBits;
      ByteBuffer[] chunks = new ByteBuffer[(int) ((size + chunkSize - 1) >>> chunkBits)];
      for (int i = 0; i < chunks.length; i++) {
        long start = i * chunkSize;
        long length = Math.min(chunkSize + OVERLAP, size - start);
        chunks[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
      }
      return new MappedBytes(chunks, chunkBits, size);
    }
  }

  long size() {
    return size;
  }

  int u1(long at) {
    return chunk(at).get((int) at & chunkMask) & 0xff;
  }

  int u2(long at) {
    return chunk(at).getShort((int) at & chunkMask) & 0xffff;
  }

  int i4(long at) {
    return chunk(at).getInt((int) at & chunkMask);
  }

  long u4(long at) {
    return i4(at) & 0xffff_ffffL;
  }

  long i8(long at) {
    return chunk(at).getLong((int) at & chunkMask);
  }

  /** The text of so many bytes, which are UTF-8 but for surrogates and zero; what is none of that becomes a question mark. */
  String utf8(long at, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      ByteBuffer chunk = chunk(at + done);
      int start = (int) (at + done) & chunkMask;
      int part = Math.min(length - done, chunk.limit() - start);
      chunk.get(start, bytes, done, part);
      done += part;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ByteBuffer chunk(long at) {
    return chunks[(int) (at >>> chunkBits)];
  }
}
