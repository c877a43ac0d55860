package io.leakwatch.prove.heap;

/** The numbers of the HPROF format, version 1.0.2. */
public final class Tags {
  static final int UTF8 = 0x01;
  static final int LOAD_CLASS = 0x02;
  static final int FRAME = 0x04;
  static final int TRACE = 0x05;
  static final int HEAP_DUMP = 0x0C;
  static final int HEAP_DUMP_SEGMENT = 0x1C;
  static final int HEAP_DUMP_END = 0x2C;

  /** A reference that native code holds for good. */
  public static final int ROOT_JNI_GLOBAL = 0x01;

  /** A reference that a native method holds while it runs. */
  public static final int ROOT_JNI_LOCAL = 0x02;

  /** A local variable or an operand of a Java method. */
  public static final int ROOT_JAVA_FRAME = 0x03;

  /** What a native method was called with. */
  public static final int ROOT_NATIVE_STACK = 0x04;

  /** A class of the boot loader. */
  public static final int ROOT_STICKY_CLASS = 0x05;

  /** Held by a thread, without a frame. */
  public static final int ROOT_THREAD_BLOCK = 0x06;

  /** A monitor that is held or waited for. */
  public static final int ROOT_MONITOR = 0x07;

  /** A thread that has started and not ended. */
  public static final int ROOT_THREAD = 0x08;

  /** Of a kind that the JVM does not tell. */
  public static final int ROOT_UNKNOWN = 0xFF;

  /** A class with its static fields. */
  public static final int CLASS = 0x20;

  /** An object. */
  public static final int INSTANCE = 0x21;

  /** An array of references. */
  public static final int OBJECT_ARRAY = 0x22;

  static final int PRIMITIVE_ARRAY = 0x23;

  /** The type of a field that is a reference. */
  static final int TYPE_OBJECT = 2;

  static final int TYPE_BOOLEAN = 4;
  static final int TYPE_CHAR = 5;
  static final int TYPE_FLOAT = 6;
  static final int TYPE_DOUBLE = 7;
  static final int TYPE_BYTE = 8;
  static final int TYPE_SHORT = 9;
  static final int TYPE_INT = 10;
  static final int TYPE_LONG = 11;

  private Tags() {}

  /** Bytes of a value; 0 when there is no such type. */
  static int size(int type, int idSize) {
    return switch (type) {
      case TYPE_OBJECT -> idSize;
      case TYPE_BOOLEAN, TYPE_BYTE -> 1;
      case TYPE_CHAR, TYPE_SHORT -> 2;
      case TYPE_FLOAT, TYPE_INT -> 4;
      case TYPE_DOUBLE, TYPE_LONG -> 8;
      default -> 0;
    };
  }
}
