package io.leakwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class UtcSecondsTest {
  private static final long FIRST = -62_167_219_200L;
  private static final long LAST = 253_402_300_799L;

  @Property
  void writesWhatInstantWrites(@ForAll @LongRange(min = FIRST, max = LAST) long second) {
    Instant time = Instant.ofEpochSecond(second);

    assertThat(UtcSeconds.of(time)).isEqualTo(time.toString());
  }

  @Test
  void writesEveryDayOfFourHundredYears() {
    Instant day = Instant.parse("1900-01-01T23:59:59Z");
    for (int i = 0; i < 146_097; i++) {
      assertThat(UtcSeconds.of(day)).isEqualTo(day.toString());
      day = day.plus(1, ChronoUnit.DAYS);
    }
  }

  @Test
  void leavesOutWhatIsLessThanASecond() {
    assertThat(UtcSeconds.of(Instant.parse("2026-11-28T03:00:00.999Z")))
        .isEqualTo("2026-11-28T03:00:00Z");
  }
}
