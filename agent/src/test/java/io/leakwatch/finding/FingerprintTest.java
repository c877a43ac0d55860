package io.leakwatch.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final List<String> CREATOR = List.of(
      "com.acme.QuoteService.lambda$quote$3(QuoteService.java:42)",
      "com.acme.QuoteServlet.doGet(QuoteServlet.java:17)");
  private static final List<String> WAIT =
      List.of("com.acme.QuoteService.await(QuoteService.java:50)");

  @ParameterizedTest(name = "{0} is told as {1}")
  @CsvSource({
    "com.acme.A.run(A.java:42), com.acme.A.run",
    "com.acme.A.run(Unknown Source), com.acme.A.run",
    "com.acme.A.run(Native Method), com.acme.A.run",
    "com.acme.A.run, com.acme.A.run",
    "com.acme.A.<init>(A.java:1), com.acme.A.<init>",
    "com.acme.A$Inner.run(A.java:42), com.acme.A$Inner.run",
    "com.acme.A$1.run(A.java:42), com.acme.A$1.run",
    "com.acme.Utf8.b64(Utf8.java:1), com.acme.Utf8.b64",
    "com.acme.A.lambda$foo$3(A.java:42), com.acme.A.lambda$foo",
    "com.acme.A.lambda$new$0(A.java:42), com.acme.A.lambda$new",
    "com.acme.A.lambda$foo$bar$12(A.java:42), com.acme.A.lambda$foo$bar",
    "com.acme.A.lambda$3(A.java:42), com.acme.A.lambda",
    "com.acme.A.access$000(A.java:42), com.acme.A.access",
    "com.acme.A.foo$lambda-3(A.kt:42), com.acme.A.foo$lambda",
    "com.acme.A.foo$lambda$3$1(A.kt:42), com.acme.A.foo$lambda",
    "com.acme.A$.$anonfun$main$1(A.scala:42), com.acme.A$.$anonfun$main",
    "com.acme.A$$Lambda/0x00007f1c58001000.run(Unknown Source), com.acme.A$$Lambda.run",
    "com.acme.A$$Lambda.0x00007f1c58001000.run(Unknown Source), com.acme.A$$Lambda.run",
    "com.acme.A$$Lambda$14/0x0000000800c03000.run(Unknown Source), com.acme.A$$Lambda.run",
    "com.acme.A$$Lambda$14/123.run(Unknown Source), com.acme.A$$Lambda.run",
    "com.acme.Hidden/0x0000000800c03000.run(Unknown Source), com.acme.Hidden.run",
    "com.acme.$Proxy12.quote(Unknown Source), com.acme.$Proxy.quote",
    "jdk.proxy2.$Proxy12.quote(Unknown Source), jdk.proxy2.$Proxy.quote",
    "com.acme.A$$EnhancerBySpringCGLIB$$ab12.quote(<generated>), com.acme.A$$EnhancerBySpringCGLIB.quote",
    "com.acme.A$$EnhancerBySpringCGLIB$$ab12$$FastClassBySpringCGLIB$$c3.invoke(<generated>),"
        + " com.acme.A$$EnhancerBySpringCGLIB$$FastClassBySpringCGLIB.invoke",
    "com.acme.A$$SpringCGLIB$$0.quote(<generated>), com.acme.A$$SpringCGLIB.quote",
    "com.acme.A$$SpringCGLIB$$0.CGLIB$quote$7(<generated>), com.acme.A$$SpringCGLIB.CGLIB$quote",
    "com.acme.A$HibernateProxy$Xy12.quote(Unknown Source), com.acme.A$HibernateProxy.quote",
    "com.acme.A$ByteBuddy$Xy12.quote(Unknown Source), com.acme.A$ByteBuddy.quote",
    "com.acme.A_$$_jvst4c8_0.quote(A.java), com.acme.A_$$_jvst.quote",
    "jdk.internal.reflect.GeneratedMethodAccessor7.invoke(Unknown Source),"
        + " jdk.internal.reflect.GeneratedMethodAccessor.invoke",
    "sun.reflect.GeneratedConstructorAccessor12.newInstance(Unknown Source),"
        + " sun.reflect.GeneratedConstructorAccessor.newInstance",
    "acme$quote__1234.invoke(acme.clj:3), acme$quote__.invoke",
    "'', ''",
  })
  void aFrameIsToldByClassAndMethodWithoutWhatWasNumbered(String frame, String name) {
    assertThat(Fingerprint.normalized(frame)).isEqualTo(name);
  }

  @Test
  void isTwelveHexDigitsThatStayTheSameFromReleaseToRelease() {
    assertThat(Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR, WAIT)).isEqualTo("055a5d9e5686");
  }

  @Test
  void doesNotChangeWithLinesAndLambdaNumbers() {
    List<String> edited = List.of(
        "com.acme.QuoteService.lambda$quote$5(QuoteService.java:48)",
        "com.acme.QuoteServlet.doGet(QuoteServlet.java:19)");
    assertThat(Fingerprint.of(FindingKind.THREAD_GROWTH, edited, WAIT))
        .isEqualTo(Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR, WAIT));
  }

  @Test
  void doesNotChangeWithTheFramesOfTheJdk() {
    List<String> withJdk = List.of(
        "java.lang.Thread.start(Thread.java:1545)",
        CREATOR.get(0),
        "jdk.internal.reflect.GeneratedMethodAccessor7.invoke(Unknown Source)",
        "com.sun.proxy.$Proxy7.doGet(Unknown Source)",
        CREATOR.get(1),
        "sun.misc.Whatever.run(Whatever.java:1)");
    assertThat(Fingerprint.of(FindingKind.THREAD_GROWTH, withJdk, WAIT))
        .isEqualTo(Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR, WAIT));
  }

  @Test
  void isTakenFromTheFramesOfTheJdkWhenThereAreNoOthers() {
    List<String> timer = List.of("java.util.Timer.<init>(Timer.java:188)");
    List<String> pool = List.of("java.util.concurrent.Executors.newFixedThreadPool(E.java:91)");
    assertThat(Fingerprint.of(FindingKind.THREAD_GROWTH, timer, List.of()))
        .isNotEqualTo(Fingerprint.of(FindingKind.THREAD_GROWTH, pool, List.of()));
  }

  @Test
  void doesNotChangeWithTheDepthOfARecursion() {
    List<String> deeper = List.of(CREATOR.get(0), CREATOR.get(0), CREATOR.get(1));
    assertThat(Fingerprint.of(FindingKind.THREAD_GROWTH, deeper, WAIT))
        .isEqualTo(Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR, WAIT));
  }

  @Test
  void differsByKindCreatorAndWait() {
    assertThat(List.of(
            Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR, WAIT),
            Fingerprint.of(FindingKind.EXECUTOR_NEVER_SHUT_DOWN, CREATOR, WAIT),
            Fingerprint.of(FindingKind.THREAD_GROWTH, WAIT, CREATOR),
            Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR, List.of()),
            Fingerprint.of(FindingKind.THREAD_GROWTH, List.of(), CREATOR),
            Fingerprint.of(FindingKind.THREAD_GROWTH, CREATOR.subList(0, 1), WAIT),
            Fingerprint.of(FindingKind.THREAD_GROWTH, List.of(), List.of())))
        .doesNotHaveDuplicates();
  }
}
