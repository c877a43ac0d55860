package io.leakwatch.cli;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from a JVM's flags whether a full collection, asked for by an application, shows there what nothing reaches. */
final class CollectorFlags {
  private static final Pattern ON = Pattern.compile("\\s*bool (\\w+)\\s*:?= true\\b.*");
  private static final Set<String> EXACT = Set.of("UseG1GC", "UseParallelGC", "UseSerialGC");
  private static final Map<String, String> OTHERS = Map.of(
      "UseZGC", "ZGC",
      "UseShenandoahGC", "Shenandoah",
      "UseEpsilonGC", "Epsilon");

  private CollectorFlags() {}

  /**
   * Why not, in a few words; {@code null} when it does.
   *
   * @param flags the answer to the diagnostic command VM.flags -all
   */
  static @Nullable String obstacle(String flags) {
    Set<String> on = new HashSet<>();
    for (String line : flags.lines().toList()) {
      Matcher matcher = ON.matcher(line);
      if (matcher.matches()) {
        on.add(matcher.group(1));
      }
    }
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (on.contains(other.getKey())) {
        return "its collector is " + other.getValue()
            + "; this needs G1, Parallel or Serial (prove without --cycle takes any)";
      }
    }
    if (on.stream().noneMatch(EXACT::contains)) {
      return "its flags name no collector that is known here: G1, Parallel or Serial";
    } else if (on.contains("DisableExplicitGC")) {
      return "-XX:+DisableExplicitGC keeps it from collecting when it is asked to";
    } else if (on.contains("ExplicitGCInvokesConcurrent")) {
      return "-XX:+ExplicitGCInvokesConcurrent keeps it from collecting all at once";
    }
    return null;
  }
}
