package io.leakwatch.instrument;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Weaves the calls of some hook points into the bytes of one class; adds no field and no method. By hand, not by a library: most
 * of a class is copied as it is, its constants are not even looked at, and no more is loaded than these few classes. While
 * nothing is compiled yet, which is when the agent starts, that takes a fifth of what ASM takes. Stateless.
 */
final class Weaver {
  private static final int ACCESS_STATIC = 0x0008;
  private static final int ACCESS_BRIDGE = 0x0040;
  private static final int ACCESS_NATIVE = 0x0100;
  private static final int ACCESS_ABSTRACT = 0x0400;

  /** A bridge calls the method proper, which is woven itself. */
  private static final int NOT_WOVEN =
      ACCESS_ABSTRACT | ACCESS_NATIVE | ACCESS_STATIC | ACCESS_BRIDGE;

  private static final int ATTRIBUTE_HEADER = 6;
  private static final String CONSTRUCTOR = "<init>";

  private final ClassFile file;
  private final NewConstants constants;
  private final List<HookPoint> points;
  private final Collection<HookPoint> woven;
  private final Bytes rest;

  /** The constant that is the class. */
  private final int type;

  private Weaver(byte[] classFile, List<HookPoint> points, Collection<HookPoint> woven) {
    this.file = new ClassFile(classFile);
    this.constants = new NewConstants(file);
    this.points = points;
    this.woven = woven;
    this.rest = new Bytes(classFile.length);
    this.type = file.u2(file.constantsEnd() + 2);
  }

  /**
   * Weaves {@code points}, all of them of the class in {@code classFile}, and returns the new bytes. The array is not
   * changed.
   *
   * @param woven gets the points whose method exists in this class
   * @throws RuntimeException when it is no class file, or one that there is no room in
   */
  static byte[] weave(byte[] classFile, List<HookPoint> points, Collection<HookPoint> woven) {
    return new Weaver(classFile, points, woven).weave();
  }

  private byte[] weave() {
    int at = file.constantsEnd() + ATTRIBUTE_HEADER;
    at += 2 + 2 * file.u2(at);
    int methods = file.members(at, 0)[0];
    int[] candidates = file.members(methods, lengthsOfNames());
    int copied = file.constantsEnd();
    for (int i = 0; i < candidates.length - 1; i++) {
      int method = candidates[i];
      List<HookPoint> mine = pointsOf(method);
      int attribute = mine.isEmpty() ? -1 : code(method);
      if (attribute >= 0) {
        rest.all(file.bytes(), copied, attribute);
        copied = write(method, attribute, mine) ? behind(attribute) : attribute;
      }
    }
    rest.all(file.bytes(), copied, file.bytes().length);
    return whole();
  }

  private byte[] whole() {
    Bytes all =
        new Bytes(rest.length() + file.constantsEnd() + constants.written().length());
    return all.all(file.bytes(), 0, ClassFile.CONSTANTS - 2)
        .u2(constants.count())
        .all(file.bytes(), ClassFile.CONSTANTS, file.constantsEnd())
        .all(constants.written())
        .all(rest)
        .toArray();
  }

  private long lengthsOfNames() {
    long lengths = 0;
    for (HookPoint point : points) {
      lengths |= 1L << point.method().length();
    }
    return lengths;
  }

  /** Where the attribute {@code Code} of a method begins; -1 when it has none. */
  private int code(int method) {
    int at = method + ATTRIBUTE_HEADER + 2;
    for (int left = file.u2(method + ATTRIBUTE_HEADER); left > 0; left--) {
      if (file.isText(file.u2(at), "Code")) {
        return at;
      }
      at = behind(at);
    }
    return -1;
  }

  private int behind(int attribute) {
    return attribute + ATTRIBUTE_HEADER + file.s4(attribute + 2);
  }

  /** Those in the method that is described at some place: its access, its name, its descriptor. */
  private List<HookPoint> pointsOf(int method) {
    List<HookPoint> found = new ArrayList<>(2);
    if ((file.u2(method) & NOT_WOVEN) == 0) {
      int name = file.u2(method + 2);
      for (HookPoint point : points) {
        if (file.isText(name, point.method())
            && (point.descriptor().equals(HookPoint.ANY)
                || file.isText(file.u2(method + 4), point.descriptor()))) {
          found.add(point);
        }
      }
    }
    return found;
  }

  /** Whether it had to be written; of a constructor that calls another one the other is woven, or it would count twice. */
  private boolean write(int method, int attribute, List<HookPoint> mine) {
    boolean isConstructor = file.isText(file.u2(method + 2), CONSTRUCTOR);
    if (isConstructor && isDelegating(attribute)) {
      return false;
    }
    woven.addAll(mine);
    String descriptor = file.text(file.u2(method + 4));
    new HookedMethod(file, constants, type, isConstructor, descriptor, attribute, mine)
        .writeTo(rest);
    return true;
  }

  /** Whether a constructor begins with {@code this(…)}, for whose arguments it may make other objects of the class. */
  private boolean isDelegating(int attribute) {
    int code = attribute + HookedMethod.CODE;
    byte[] bytes = file.bytes();
    String self = file.className(type);
    int unfinished = 0;
    for (int pc : Instructions.starts(file, code, file.s4(attribute + HookedMethod.CODE_LENGTH))) {
      int opcode = bytes[code + pc] & 0xff;
      int operand = opcode == Instructions.NEW || opcode == Instructions.INVOKESPECIAL
          ? file.u2(code + pc + 1)
          : 0;
      if (opcode == Instructions.NEW && file.className(operand).equals(self)) {
        unfinished++;
      } else if (opcode == Instructions.INVOKESPECIAL
          && isConstructorOf(self, operand)
          && unfinished-- == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isConstructorOf(String className, int method) {
    int nameAndType = file.referred(method, 1);
    return file.isText(file.referred(nameAndType, 0), CONSTRUCTOR)
        && file.className(file.referred(method, 0)).equals(className);
  }
}
