package io.leakwatch.finding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a finding that is the same on every host, after every restart and after an edit elsewhere in the file.
 *
 * <p>It is taken from the kind, the frames of the creator and the frames of the wait, each as {@code class.method}. What
 * the compiler or a code generator numbers (lines, lambdas, proxies) is left out. Thread-safe: it holds no state.
 */
public final class Fingerprint {
  private static final int BYTES = 6;

  /**
   * Frames of the JDK are no part of it: they differ between releases, and reflection changes its own after a number of
   * calls.
   */
  private static final Pattern JDK_FRAME =
      Pattern.compile("(?:java|jdk|sun|com\\.sun\\.proxy)\\..*");

  /** What follows the name of a hidden class: {@code /0x00007f1c58001000} or, on older releases, {@code /123}. */
  private static final Pattern HIDDEN_CLASS = Pattern.compile("[/.]0x[0-9a-fA-F]+|/[0-9]+");

  /** In a method's name: {@code lambda$quote$3}, Kotlin's {@code quote$lambda-3}, {@code access$000}. */
  private static final Pattern METHOD_NUMBER = Pattern.compile("[$-][0-9]+(?=[$-]|$)");

  /** Numbers and hashes in the names of generated classes, each with the part that stays as its group. */
  private static final List<Pattern> GENERATED_CLASSES = List.of(
      Pattern.compile("(\\$\\$Lambda)\\$[0-9]+"),
      Pattern.compile("(\\$Proxy)[0-9]+"),
      // CGLIB, Spring and Guice: Quotes$$EnhancerBySpringCGLIB$$ab12, Quotes$$SpringCGLIB$$0
      Pattern.compile("(\\$\\$[A-Za-z]+)\\$\\$[0-9A-Za-z]+"),
      Pattern.compile("(Generated(?:Serialization)?(?:Method|Constructor)Accessor)[0-9]+"),
      // Byte Buddy's users: Quote$HibernateProxy$Xy12
      Pattern.compile("(\\$(?:ByteBuddy|HibernateProxy|MockitoMock))\\$[0-9A-Za-z]+"),
      // Javassist: Quote_$$_jvst4c8_0
      Pattern.compile("(_\\$\\$_jvst)[0-9A-Za-z_]+"),
      // Clojure: acme$quote__1234
      Pattern.compile("(__)[0-9]+"));

  private Fingerprint() {}

  /**
   * The fingerprint of a finding.
   *
   * @param kind the kind of leak
   * @param creator frames of the creation site as in {@link Finding#createdAt()}; frames of the JDK are skipped unless
   *     there are no others; empty when unknown
   * @param wait frames of the place where the threads wait, likewise; empty when the kind is not about a wait
   * @return twelve lower-case hex digits
   */
  public static String of(FindingKind kind, List<String> creator, List<String> wait) {
    MessageDigest digest = sha256();
    update(digest, kind.name());
    update(digest, "creator");
    significant(creator).forEach(frame -> update(digest, frame));
    update(digest, "wait");
    significant(wait).forEach(frame -> update(digest, frame));
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /**
   * One frame as it goes into a fingerprint.
   *
   * @param frame such as {@code com.acme.Quotes.lambda$load$3(Quotes.java:42)}
   * @return such as {@code com.acme.Quotes.lambda$load}
   */
  static String normalized(String frame) {
    int parenthesis = frame.indexOf('(');
    String name = parenthesis < 0 ? frame : frame.substring(0, parenthesis);
    name = HIDDEN_CLASS.matcher(name).replaceAll("");
    int dot = name.lastIndexOf('.');
    String className = dot < 0 ? "" : name.substring(0, dot + 1);
    for (Pattern generated : GENERATED_CLASSES) {
      className = generated.matcher(className).replaceAll("$1");
    }
    Matcher number = METHOD_NUMBER.matcher(name.substring(dot + 1));
    return className + number.replaceAll("");
  }

  private static List<String> significant(List<String> frames) {
    List<String> application =
        frames.stream().filter(frame -> !JDK_FRAME.matcher(frame).matches()).toList();
    List<String> names = new ArrayList<>();
    for (String frame : application.isEmpty() ? frames : application) {
      String name = normalized(frame);
      // A recursion is as deep as its data, which is not the same on every host.
      if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
