package io.leakwatch.detect;

import static io.leakwatch.detect.Histories.FOREVER;
import static io.leakwatch.detect.Histories.born;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.sample.SampleHistory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
  private final SampleHistory leak = Histories.ofThreads(t -> born(1, FOREVER), 30);

  @Test
  void nothingIsLeftOutWithoutPatterns() {
    assertThat(reported(null, null, null)).isTrue();
  }

  @Test
  void aFindingIsLeftOutByTheTopFrameOfItsWait() {
    assertThat(reported("jdk.internal.misc.Unsafe.park"::equals, null, null)).isFalse();
    assertThat(reported("com.acme.QuoteService.poll"::equals, null, null)).isTrue();
  }

  @Test
  void aFindingIsLeftOutByAnyFrameOfItsWait() {
    assertThat(reported(null, "com.acme.QuoteService.poll"::equals, null)).isFalse();
    assertThat(reported(null, "com.acme.Server.serve"::equals, null)).isTrue();
  }

  @Test
  void aFindingIsLeftOutByAnyFrameOfItsCreator() {
    assertThat(reported(null, null, "com.acme.Server.serve"::equals)).isFalse();
    assertThat(reported(null, null, "com.acme.QuoteService.poll"::equals)).isTrue();
  }

  private boolean reported(
      @Nullable Predicate<String> top,
      @Nullable Predicate<String> any,
      @Nullable Predicate<String> creator) {
    return !new Exclusions(new ThreadGrowthDetector(3, name -> true), top, any, creator)
        .detect(leak)
        .isEmpty();
  }
}
