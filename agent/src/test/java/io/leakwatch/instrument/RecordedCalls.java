package io.leakwatch.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the hooks of a woven class were called with; behind the fake {@code Hooks} of {@link WovenLoader}. */
public final class RecordedCalls {
  /** Thrown out of every hook, as no real one does. */
  public static @Nullable Supplier<Throwable> thrown;

  private static final List<String> CALLS = new ArrayList<>();

  private RecordedCalls() {}

  static void forget() {
    CALLS.clear();
    thrown = null;
  }

  static List<String> all() {
    return List.copyOf(CALLS);
  }

  /** Called by the fake hooks. */
  public static void call(String hook, Object self, @Nullable Object task) {
    CALLS.add(hook + " " + self.getClass().getSimpleName() + (task == null ? "" : " " + task));
    if (thrown != null) {
      RecordedCalls.<RuntimeException>sneak(thrown.get());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable e) throws T {
    throw (T) e;
  }
}
