package io.leakwatch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watermarks and cohorts against a model that remembers the birth of every single one. */
class CohortsAgainstModelTest {
  private static final int SAMPLES = 700;
  private static final int EXACT = Watermarks.CAP / 2;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void tellTheSameAboutTheRecentPastAndNeverDateABirthTooEarly(long seed) {
    Random random = new Random(seed);
    Watermarks marks = new Watermarks();
    TreeMap<Long, Integer> birthOf = new TreeMap<>();
    long lastId = 0;
    for (int now = 0; now < SAMPLES; now++) {
      for (int births = random.nextInt(5); births > 0; births--) {
        lastId += 1 + random.nextInt(3);
        birthOf.put(lastId, now);
      }
      if (random.nextInt(50) == 0) {
        birthOf.clear();
      }
      birthOf.keySet().removeIf(id -> random.nextInt(40) == 0);

      int[] bySlot = new int[marks.size() + 1];
      birthOf.keySet().forEach(id -> bySlot[marks.slot(id)]++);
      Cohorts cohorts = marks.cohorts(bySlot, now);

      assertThat(cohorts.total()).isEqualTo(birthOf.size());
      for (int age = 0; age <= now; age++) {
        long expected = aliveBornBy(birthOf, now - age);
        if (age < EXACT) {
          assertThat(cohorts.aliveBornBy(now - age)).as("%d at %d", age, now).isEqualTo(expected);
        } else {
          assertThat(cohorts.aliveBornBy(now - age)).isLessThanOrEqualTo(expected);
        }
      }
      marks.mark(now, Duration.ofSeconds(now), birthOf.isEmpty() ? 0 : birthOf.lastKey());
    }
  }

  private static long aliveBornBy(Map<Long, Integer> birthOf, int sample) {
    return birthOf.values().stream().filter(birth -> birth <= sample).count();
  }
}
