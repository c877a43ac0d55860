package io.leakwatch.junit;

import java.util.Map;

/**
 * One finding of the agent.
 *
 * @param fingerprint twelve hex digits
 * @param kind as the agent's JSON reports name it
 * @param title the kind in words
 * @param known whether the agent's own file of known ones has it
 * @param text the block that the agent's log would have
 */
record Leak(String fingerprint, String kind, String title, boolean known, String text) {
  static Leak of(Map<String, Object> parts) {
    return new Leak(
        text(parts, "fingerprint"),
        text(parts, "kind"),
        text(parts, "title"),
        text(parts, "known").equals("true"),
        text(parts, "text"));
  }

  private static String text(Map<String, Object> parts, String name) {
    Object value = parts.get(name);
    return value == null ? "" : value.toString();
  }
}
