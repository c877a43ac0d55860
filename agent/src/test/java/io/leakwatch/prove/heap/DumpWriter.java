package io.leakwatch.prove.heap;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Writes heap dumps by hand, with ids of 4 or 8 bytes. What is written between two calls of {@link #segment} is one segment. */
public final class DumpWriter {
  private final int idSize;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(file);
  private final ByteArrayOutputStream heapBytes = new ByteArrayOutputStream();
  private final DataOutputStream heap = new DataOutputStream(heapBytes);
  private final Map<String, Long> texts = new HashMap<>();
  private int classSerial;

  public DumpWriter(int idSize) {
    this.idSize = idSize;
    run(() -> {
      out.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.UTF_8));
      out.writeInt(idSize);
      out.writeLong(1_700_000_000_000L);
    });
  }

  /** A class; {@code fields} are names, each with {@code L} or {@code I} in front of it, as are {@code statics}, with values. */
  public DumpWriter type(
      long id, String name, long superId, String[] fields, Map<String, Long> statics) {
    long nameId = text(name);
    int serial = ++classSerial;
    record(0x02, body -> {
      body.writeInt(serial);
      id(body, id);
      body.writeInt(0);
      id(body, nameId);
    });
    long[] fieldIds = new long[fields.length];
    for (int i = 0; i < fields.length; i++) {
      fieldIds[i] = text(fields[i].substring(1));
    }
    Map<String, Long> staticIds = new HashMap<>();
    statics.keySet().forEach(each -> staticIds.put(each, text(each.substring(1))));
    run(() -> {
      heap.write(Tags.CLASS);
      id(heap, id);
      heap.writeInt(0);
      id(heap, superId);
      for (int i = 0; i < 5; i++) {
        id(heap, 0);
      }
      heap.writeInt(0);
      heap.writeShort(0);
      heap.writeShort(statics.size());
      for (Map.Entry<String, Long> each : statics.entrySet()) {
        id(heap, staticIds.getOrDefault(each.getKey(), 0L));
        value(each.getKey().charAt(0), each.getValue(), true);
      }
      heap.writeShort(fields.length);
      for (int i = 0; i < fields.length; i++) {
        id(heap, fieldIds[i]);
        heap.write(type(fields[i].charAt(0)));
      }
    });
    return this;
  }

  public DumpWriter type(long id, String name, long superId, String... fields) {
    return type(id, name, superId, fields, Map.of());
  }

  /** An object: its values are written as {@code types} say, {@code L} for a reference, {@code I} for an int, {@code J}. */
  public DumpWriter instance(long id, long classId, String types, long... values) {
    int length = 0;
    for (int i = 0; i < types.length(); i++) {
      char type = types.charAt(i);
      length += type == 'L' ? idSize : type == 'J' ? 8 : type == 'Z' ? 1 : 4;
    }
    int size = length;
    run(() -> {
      heap.write(Tags.INSTANCE);
      id(heap, id);
      heap.writeInt(0);
      id(heap, classId);
      heap.writeInt(size);
      for (int i = 0; i < values.length; i++) {
        value(types.charAt(i), values[i], false);
      }
    });
    return this;
  }

  public DumpWriter array(long id, long classId, long... elements) {
    run(() -> {
      heap.write(Tags.OBJECT_ARRAY);
      id(heap, id);
      heap.writeInt(0);
      heap.writeInt(elements.length);
      id(heap, classId);
      for (long element : elements) {
        id(heap, element);
      }
    });
    return this;
  }

  public DumpWriter bytes(long id, String text) {
    run(() -> {
      heap.write(Tags.PRIMITIVE_ARRAY);
      id(heap, id);
      heap.writeInt(0);
      heap.writeInt(text.length());
      heap.write(Tags.TYPE_BYTE);
      heap.write(text.getBytes(StandardCharsets.ISO_8859_1));
    });
    return this;
  }

  public DumpWriter global(int tag, long id) {
    run(() -> {
      heap.write(tag);
      id(heap, id);
      if (tag == Tags.ROOT_JNI_GLOBAL) {
        id(heap, 0);
      }
    });
    return this;
  }

  public DumpWriter thread(long id, int serial, int trace) {
    run(() -> {
      heap.write(Tags.ROOT_THREAD);
      id(heap, id);
      heap.writeInt(serial);
      heap.writeInt(trace);
    });
    return this;
  }

  public DumpWriter frameRoot(long id, int thread, int frame) {
    run(() -> {
      heap.write(Tags.ROOT_JAVA_FRAME);
      id(heap, id);
      heap.writeInt(thread);
      heap.writeInt(frame);
    });
    return this;
  }

  /** A trace of one frame each for the methods, in the class of that serial number, with ids from {@code firstFrame} on. */
  public DumpWriter trace(int serial, long firstFrame, int ofClass, String... methods) {
    for (int i = 0; i < methods.length; i++) {
      long frame = firstFrame + i;
      long method = text(methods[i]);
      long file = text("Acme.java");
      record(0x04, body -> {
        id(body, frame);
        id(body, method);
        id(body, 0);
        id(body, file);
        body.writeInt(ofClass);
        body.writeInt(42);
      });
    }
    record(0x05, body -> {
      body.writeInt(serial);
      body.writeInt(1);
      body.writeInt(methods.length);
      for (int i = 0; i < methods.length; i++) {
        id(body, firstFrame + i);
      }
    });
    return this;
  }

  /** Ends a segment. */
  public DumpWriter segment() {
    byte[] segment = heapBytes.toByteArray();
    heapBytes.reset();
    record(0x1C, body -> body.write(segment));
    return this;
  }

  /** All of it, with the record that ends a dump. */
  public byte[] toBytes() {
    if (heapBytes.size() > 0) {
      segment();
    }
    record(0x2C, body -> {});
    return file.toByteArray();
  }

  public Path write(Path to) throws IOException {
    return Files.write(to, toBytes());
  }

  private long text(String text) {
    Long known = texts.get(text);
    if (known != null) {
      return known;
    }
    long id = 0x7000 + 8L * texts.size();
    texts.put(text, id);
    record(0x01, body -> {
      id(body, id);
      body.write(text.getBytes(StandardCharsets.UTF_8));
    });
    return id;
  }

  private void value(char type, long value, boolean tagged) throws IOException {
    if (tagged) {
      heap.write(type(type));
    }
    switch (type) {
      case 'L' -> id(heap, value);
      case 'J' -> heap.writeLong(value);
      case 'Z', 'B' -> heap.write((int) value);
      default -> heap.writeInt((int) value);
    }
  }

  private static int type(char letter) {
    return switch (letter) {
      case 'L' -> Tags.TYPE_OBJECT;
      case 'J' -> Tags.TYPE_LONG;
      case 'Z' -> Tags.TYPE_BOOLEAN;
      case 'B' -> Tags.TYPE_BYTE;
      default -> Tags.TYPE_INT;
    };
  }

  private void record(int tag, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    run(() -> {
      body.write(new DataOutputStream(bytes));
      out.write(tag);
      out.writeInt(0);
      out.writeInt(bytes.size());
      out.write(bytes.toByteArray());
    });
  }

  private void id(DataOutputStream to, long id) throws IOException {
    if (idSize == 8) {
      to.writeLong(id);
    } else {
      to.writeInt((int) id);
    }
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  private interface Action {
    void run() throws IOException;
  }
}
