package io.leakwatch.registry;

import io.leakwatch.frames.Frames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Interns stacks as creation sites. Used by the census only, so not thread-safe.
 *
 * <p>Two stacks are the same site when they agree from the innermost frame through the fourth that is not the JDK's: what
 * called that (another dispatcher, a retry) makes no other leak.
 */
final class CreationSites {
  /**
   * No more sites than this; a further one takes the place of the one that was not seen for the longest time. Should that
   * be seen again, it counts as another place.
   */
  static final int CAP = 10_000;

  private static final int APPLICATION_FRAMES_IN_KEY = 4;

  private final int depth;
  private final Map<List<StackTraceElement>, CreationSite> sites =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<List<StackTraceElement>, CreationSite> eldest) {
          return size() > CAP;
        }
      };

  /** Keeps at most {@code depth} frames of a stack. */
  CreationSites(int depth) {
    this.depth = depth;
  }

  /** The site of a stack that a hook has taken; {@code null} when nothing is left of it. */
  @Nullable
  CreationSite intern(Throwable trace) {
    List<StackTraceElement> frames = strip(trace.getStackTrace());
    if (frames.isEmpty()) {
      return null;
    }
    List<StackTraceElement> key = key(frames);
    CreationSite site = sites.get(key);
    if (site == null) {
      site = new CreationSite(frames);
      sites.put(List.copyOf(key), site);
    }
    return site;
  }

  int size() {
    return sites.size();
  }

  /** Without our frames, and without the frames of {@code java.lang} by which every thread is started. */
  private List<StackTraceElement> strip(StackTraceElement[] stack) {
    int from = 0;
    while (from < stack.length && isNoise(stack[from].getClassName())) {
      from++;
    }
    List<StackTraceElement> frames = new ArrayList<>();
    for (int i = from; i < stack.length && frames.size() < depth; i++) {
      StackTraceElement f = stack[i];
      frames.add(new StackTraceElement(
          OriginClass.readableName(f.getClassName()),
          f.getMethodName(),
          f.getFileName(),
          f.getLineNumber()));
    }
    return frames;
  }

  private static boolean isNoise(String className) {
    return Frames.isAgent(className) || className.startsWith("java.lang.");
  }

  private static List<StackTraceElement> key(List<StackTraceElement> frames) {
    int application = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (!Frames.isJdk(frames.get(i).getClassName())
          && ++application == APPLICATION_FRAMES_IN_KEY) {
        return frames.subList(0, i + 1);
      }
    }
    return frames;
  }
}
