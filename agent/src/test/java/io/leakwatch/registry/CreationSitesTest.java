package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.frames.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreationSitesTest {
  private final CreationSites sites = new CreationSites(64);

  @Test
  void givesTheSameObjectForTheSamePlace() {
    CreationSite first = sites.intern(stack("com.acme.A.a:1", "com.acme.B.b:2"));
    CreationSite again = sites.intern(stack("com.acme.A.a:1", "com.acme.B.b:2"));
    CreationSite otherLine = sites.intern(stack("com.acme.A.a:3", "com.acme.B.b:2"));

    assertThat(first).isNotNull().isSameAs(again).isNotSameAs(otherLine);
    assertThat(sites.size()).isEqualTo(2);
  }

  @Test
  void stripsTheAgentAndTheWayThroughJavaLangFromTheInnerEndOnly() {
    CreationSite site = sites.intern(stack(
        "io.leakwatch.registry.ThreadRegistry.onStart:70",
        "io.leakwatch.bootstrap.Hooks.threadStarting:53",
        "java.lang.Thread.start:799",
        "java.lang.System$2.start:2300",
        "java.util.concurrent.ThreadPoolExecutor.addWorker:945",
        "com.acme.QuoteService.quote:42",
        "java.lang.reflect.Method.invoke:580"));

    assertThat(text(site))
        .containsExactly(
            "java.util.concurrent.ThreadPoolExecutor.addWorker(F.java:945)",
            "com.acme.QuoteService.quote(F.java:42)",
            "java.lang.reflect.Method.invoke(F.java:580)");
  }

  @Test
  void doesNotTellPlacesApartByWhatIsBeyondTheFourthApplicationFrame() {
    String[] common = {
      "com.acme.A.a:1",
      "java.util.ArrayList.forEach:2",
      "com.acme.B.b:3",
      "com.acme.C.c:4",
      "com.acme.D.d:5"
    };
    CreationSite first = sites.intern(stack(with(common, "com.acme.E.e:6")));
    CreationSite second = sites.intern(stack(with(common, "com.acme.F.f:7")));

    assertThat(first).isNotNull().isSameAs(second);
  }

  @Test
  void tellsPlacesApartByTheFourthApplicationFrame() {
    CreationSite first =
        sites.intern(stack("com.acme.A.a:1", "com.acme.B.b:2", "com.acme.C.c:3", "com.acme.D.d:4"));
    CreationSite second =
        sites.intern(stack("com.acme.A.a:1", "com.acme.B.b:2", "com.acme.C.c:3", "com.acme.E.e:4"));

    assertThat(first).isNotSameAs(second);
  }

  @Test
  void keepsNoMoreFramesThanItsDepth() {
    CreationSite site =
        new CreationSites(2).intern(stack("com.acme.A.a:1", "com.acme.B.b:2", "com.acme.C.c:3"));

    assertThat(text(site)).containsExactly("com.acme.A.a(F.java:1)", "com.acme.B.b(F.java:2)");
  }

  @Test
  void hasNoSiteForAStackOfTheAgentOnly() {
    assertThat(sites.intern(stack("io.leakwatch.registry.ThreadRegistry.onStart:70")))
        .isNull();
    assertThat(sites.intern(stack())).isNull();
  }

  @Test
  void namesLambdaClassesTheSameInEveryRun() {
    CreationSite first = sites.intern(stack("com.acme.A$$Lambda$14/0x000000080100.run:1"));
    CreationSite second = sites.intern(stack("com.acme.A$$Lambda$15/0x000000080200.run:1"));

    assertThat(first).isNotNull().isSameAs(second);
  }

  @Test
  void forgetsTheSiteNotSeenForTheLongestTimeBeyondItsCap() {
    CreationSite first = sites.intern(stack("com.acme.A.a:0"));
    CreationSite second = sites.intern(stack("com.acme.A.a:1"));
    for (int i = 2; i < CreationSites.CAP; i++) {
      sites.intern(stack("com.acme.A.a:" + i));
    }
    assertThat(sites.intern(stack("com.acme.A.a:0"))).as("seen again").isSameAs(first);

    assertThat(sites.intern(stack("com.acme.A.a:" + CreationSites.CAP))).isNotNull();

    assertThat(sites.size()).isEqualTo(CreationSites.CAP);
    assertThat(sites.intern(stack("com.acme.A.a:0"))).isSameAs(first);
    assertThat(sites.intern(stack("com.acme.A.a:1"))).isNotSameAs(second);
  }

  private static String[] with(String[] frames, String outermost) {
    List<String> all = new ArrayList<>(List.of(frames));
    all.add(outermost);
    return all.toArray(String[]::new);
  }

  private static List<String> text(@Nullable CreationSite site) {
    return Frames.text(Objects.requireNonNull(site).frames());
  }

  /** Frames such as {@code com.acme.A.a:1}, the innermost first. */
  private static Throwable stack(String... frames) {
    StackTraceElement[] stack = new StackTraceElement[frames.length];
    for (int i = 0; i < frames.length; i++) {
      int dot = frames[i].lastIndexOf('.');
      int colon = frames[i].lastIndexOf(':');
      stack[i] = new StackTraceElement(
          frames[i].substring(0, dot),
          frames[i].substring(dot + 1, colon),
          "F.java",
          Integer.parseInt(frames[i].substring(colon + 1)));
    }
    Throwable throwable = new Throwable();
    throwable.setStackTrace(stack);
    return throwable;
  }
}
