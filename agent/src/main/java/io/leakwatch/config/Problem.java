package io.leakwatch.config;

/**
 * Something wrong with the configuration, in one line.
 *
 * @param what the key, the bad value, where it came from and what is accepted
 * @param consequence what is done about it
 * @param hint ends the line, such as {@code , did you mean interval?}; may be empty
 */
record Problem(String what, String consequence, String hint) {

  /** For a JVM that goes on regardless. */
  String asWarning() {
    return what + "; " + consequence + hint;
  }

  /** For a command that is refused. */
  String asRefusal() {
    return what + hint;
  }
}
