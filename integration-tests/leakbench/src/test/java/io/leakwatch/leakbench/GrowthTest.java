package io.leakwatch.leakbench;

import static io.leakwatch.leakbench.Variant.CLEAN;
import static io.leakwatch.leakbench.Variant.LEAKY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Counts over 20 s, one a second. */
class GrowthTest {
  private static final LeakCase PLATFORM = Examples.leak("p01", "platform");
  private static final LeakCase VIRTUAL = Examples.leak("v01", "virtual");

  @Test
  void aLineThatRisesIsALeak() {
    Growth growth = watched(PLATFORM, second -> 10 + second, second -> 0, 30);
    assertThat(growth.at25()).isEqualTo(15);
    assertThat(growth.at40()).isEqualTo(18);
    assertThat(growth.end()).isEqualTo(30);
    assertThat(growth.slope()).isEqualTo(1);
    assertThat(growth.isAsSaid(PLATFORM, LEAKY)).isTrue();
    assertThat(growth.isAsSaid(PLATFORM, CLEAN)).isFalse();
  }

  @Test
  void aPlateauIsNone() {
    Growth growth = watched(PLATFORM, second -> second < 5 ? 10 : 50, second -> 0, 50);
    assertThat(growth.isAsSaid(PLATFORM, LEAKY)).isFalse();
    assertThat(growth.isAsSaid(PLATFORM, CLEAN)).isTrue();
  }

  @Test
  void whatTheCollectorTakesIsNoLeak() {
    Growth growth = watched(PLATFORM, second -> 10 + second, second -> 0, 12);
    assertThat(growth.isAsSaid(PLATFORM, LEAKY)).isFalse();
  }

  @Test
  void ofVirtualThreadsThoseAreCounted() {
    Growth growth = watched(VIRTUAL, second -> 10, second -> 5 * second, 100);
    assertThat(growth.end()).isEqualTo(100);
    assertThat(growth.slope()).isEqualTo(5);
    assertThat(growth.isAsSaid(VIRTUAL, LEAKY)).isTrue();
  }

  @Test
  void theFairWatcherStartsAtFiveSeconds() {
    assertThat(watched(PLATFORM, second -> second < 4 ? 5 : 20, second -> 0, 20).fair())
        .isFalse();
    assertThat(watched(PLATFORM, second -> 10 + second, second -> 0, 30).fair()).isFalse();
    assertThat(watched(PLATFORM, second -> 10 + 2 * second, second -> 0, 50).fair())
        .isTrue();
  }

  @Test
  void theNaiveWatcherSpeaksForItself() {
    List<String> watch =
        List.of("t\tplatform\tvirtual", "0.5\t5\t0", "# naive2x fired=true at=3.0");
    assertThat(Growth.of(watch, truth(5), PLATFORM).naive()).isTrue();
  }

  private static Growth watched(
      LeakCase leakCase, IntUnaryOperator platform, IntUnaryOperator virtual, int afterGc) {
    List<String> watch = new ArrayList<>(List.of("t\tplatform\tvirtual"));
    for (int second = 0; second <= 20; second++) {
      watch.add("%d.00\t%d\t%d"
          .formatted(second, platform.applyAsInt(second), virtual.applyAsInt(second)));
    }
    watch.add("# naive2x fired=false");
    return Growth.of(watch, truth(afterGc), leakCase);
  }

  private static List<String> truth(int afterGc) {
    return List.of("# end platform=1 virtual=1 afterGcPlatform=%d afterGcVirtual=%d"
        .formatted(afterGc, afterGc));
  }
}
