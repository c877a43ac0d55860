package io.leakwatch.instrument;

import java.util.ArrayList;
import java.util.List;

/** The parameters of an instance method. */
final class Parameters {
  private final int[] types;
  private final int lastSlot;

  private Parameters(int[] types, int lastSlot) {
    this.types = types;
    this.lastSlot = lastSlot;
  }

  /** Their types, as {@link StackFrames} has them. */
  int[] types() {
    return types;
  }

  /** The variable that the last one is in; 0 when there is none. */
  int lastSlot() {
    return lastSlot;
  }

  /** Of a method's descriptor, such as {@code (IJLjava/lang/Runnable;)V} (JVMS 4.3.3). */
  static Parameters of(String descriptor, NewConstants constants) {
    List<Integer> found = new ArrayList<>();
    int slot = 1;
    int last = 0;
    int at = 1;
    while (descriptor.charAt(at) != ')') {
      int end = endOfType(descriptor, at);
      int type = type(descriptor.substring(at, end), constants);
      found.add(type);
      last = slot;
      slot += StackFrames.slots(type);
      at = end;
    }
    int[] types = new int[found.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = found.get(i);
    }
    return new Parameters(types, last);
  }

  private static int endOfType(String descriptor, int start) {
    int at = start;
    while (descriptor.charAt(at) == '[') {
      at++;
    }
    return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
  }

  private static int type(String type, NewConstants constants) {
    return switch (type.charAt(0)) {
      case 'F' -> StackFrames.FLOAT;
      case 'J' -> StackFrames.LONG;
      case 'D' -> StackFrames.DOUBLE;
      case 'L' -> StackFrames.object(constants.classOf(type.substring(1, type.length() - 1)));
      case '[' -> StackFrames.object(constants.classOf(type));
      default -> StackFrames.INTEGER;
    };
  }
}
