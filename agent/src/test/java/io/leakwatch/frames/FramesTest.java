package io.leakwatch.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final StackTraceElement JDK =
      new StackTraceElement("java.lang.Thread", "run", "Thread.java", 840);
  private static final StackTraceElement APPLICATION =
      new StackTraceElement("app", "acme.shop", "1.0", "com.acme.Shop", "sell", "Shop.java", 42);

  @Test
  void aFrameIsWrittenWithoutLoaderAndModule() {
    assertThat(Frames.text(APPLICATION)).isEqualTo("com.acme.Shop.sell(Shop.java:42)");
    assertThat(Frames.text(new StackTraceElement("a.B", "c", "B.java", -2)))
        .isEqualTo("a.B.c(Native Method)");
    assertThat(Frames.text(new StackTraceElement("a.B", "c", null, -1)))
        .isEqualTo("a.B.c(Unknown Source)");
    assertThat(Frames.text(new StackTraceElement("a.B", "c", "B.java", -1)))
        .isEqualTo("a.B.c(B.java)");
  }

  @Test
  void theJdksFramesAreLeftOut() {
    assertThat(Frames.applicationFrames(List.of(JDK, APPLICATION, JDK, APPLICATION), 1))
        .containsExactly("com.acme.Shop.sell(Shop.java:42)");
  }
}
