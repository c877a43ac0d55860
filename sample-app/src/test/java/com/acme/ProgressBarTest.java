package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long millis = 5_000;

  @Test
  void aShortRunShowsNothing() {
    ProgressBar bar = bar(true, 100);
    after(1_999, bar, 99);
    bar.end();
    assertThat(text()).isEmpty();
  }

  @Test
  void inATerminalItIsABarThatIsRedrawnAndRemoved() {
    ProgressBar bar = bar(true, 400);
    after(2_000, bar, 100);
    after(99, bar, 110);
    after(1_901, bar, 200);
    bar.end();
    assertThat(text())
        .isEqualTo("\r[#######-----------------------]  25%  100 of 400, 50/s, 6 s left\033[K"
            + "\r[###############---------------]  50%  200 of 400, 50/s, 4 s left\033[K"
            + "\r\033[K");
  }

  @Test
  void elsewhereItIsALineEachFiveSeconds() {
    ProgressBar bar = bar(false, 1_000);
    after(2_000, bar, 100);
    after(4_999, bar, 400);
    after(1, bar, 700);
    bar.end();
    assertThat(text().lines())
        .containsExactly(
            " 10%  100 of 1000, 50/s, 18 s left", " 70%  700 of 1000, 100/s, 3 s left");
  }

  @Test
  void atTheBeginOfASlowRunItDividesByNothing() {
    ProgressBar bar = bar(false, 10);
    after(2_000, bar, 0);
    assertThat(text()).startsWith("  0%  0 of 10, 0/s, ");
  }

  private ProgressBar bar(boolean terminal, long total) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressBar(out, terminal, total, () -> TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private void after(long passed, ProgressBar bar, long done) {
    millis += passed;
    bar.update(done);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
