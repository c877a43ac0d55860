package io.leakwatch.instrument;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Constants that are put behind those that a class has, whose numbers stay as they are. Used by one thread. */
final class NewConstants {
  private static final int MOST = 0xffff;

  private final Map<String, Integer> known = new HashMap<>();
  private final Bytes written = new Bytes(512);
  private int count;

  /** Behind those of a class. */
  NewConstants(ClassFile behind) {
    this.count = behind.constantCount();
  }

  /** How many the class has now, and one more. */
  int count() {
    return count;
  }

  Bytes written() {
    return written;
  }

  /** The number of a class. */
  int classOf(String internalName) {
    String key = "class " + internalName;
    Integer there = known.get(key);
    if (there != null) {
      return there;
    }
    int name = text(internalName);
    written.u1(ClassFile.CLASS).u2(name);
    return added(key);
  }

  /** The number of a static method of a class. */
  int method(String owner, String name, String descriptor) {
    String key = "method " + owner + "." + name + descriptor;
    Integer there = known.get(key);
    if (there != null) {
      return there;
    }
    int type = classOf(owner);
    int nameConstant = text(name);
    int descriptorConstant = text(descriptor);
    written.u1(ClassFile.NAME_AND_TYPE).u2(nameConstant).u2(descriptorConstant);
    int nameAndType = added("name and type of " + key);
    written.u1(ClassFile.METHOD).u2(type).u2(nameAndType);
    return added(key);
  }

  /** The number of a text in ASCII. */
  int text(String text) {
    Integer there = known.get(text);
    if (there != null) {
      return there;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    written.u1(ClassFile.UTF8).u2(bytes.length).all(bytes, 0, bytes.length);
    return added(text);
  }

  private int added(String key) {
    if (count >= MOST) {
      throw new IllegalArgumentException("no room for more constants");
    }
    known.put(key, count);
    return count++;
  }
}
