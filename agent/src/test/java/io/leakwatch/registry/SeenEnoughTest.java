package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenEnoughTest {
  private final SeenEnough seenEnough = new SeenEnough();

  @Test
  void containsWhatWasAddedUntilItIsCleared() {
    seenEnough.add(String.class);
    assertThat(seenEnough.contains(String.class)).isTrue();
    assertThat(seenEnough.contains(Integer.class)).isFalse();

    seenEnough.clear();
    assertThat(seenEnough.contains(String.class)).isFalse();
  }

  @Test
  void neverContainsWhatWasNotAddedHoweverFullItIs() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(2 * SeenEnough.SLOTS);
    List<Class<?>> added = classes.subList(0, SeenEnough.SLOTS);
    List<Class<?>> others = classes.subList(SeenEnough.SLOTS, classes.size());
    added.forEach(seenEnough::add);

    assertThat(added).anyMatch(seenEnough::contains);
    assertThat(others).noneMatch(seenEnough::contains);
  }

  @Test
  void hasRoomForAsManyClassesAsTheBudgetOfAnEpochSufficesFor() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(StackBudget.PER_EPOCH / OriginClass.EACH_SUBMISSION);
    classes.forEach(seenEnough::add);

    assertThat(classes)
        .filteredOn(seenEnough::contains)
        .hasSizeGreaterThan(classes.size() * 8 / 10);
  }
}
