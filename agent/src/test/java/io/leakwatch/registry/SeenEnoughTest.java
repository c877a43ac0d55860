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
    List<Class<?>> classes = HiddenClasses.of(SeenEnough.FEW);
    List<Class<?>> added = classes.subList(0, SeenEnough.FEW / 2);
    List<Class<?>> others = classes.subList(SeenEnough.FEW / 2, classes.size());
    added.forEach(seenEnough::add);

    assertThat(added).anyMatch(seenEnough::contains);
    assertThat(others).noneMatch(seenEnough::contains);
  }

  @Test
  void growsOnceWhenThereWereMany() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(6_000);
    classes.forEach(seenEnough::add);
    int grown = seenEnough.size();
    for (int epoch = 0; epoch < 3; epoch++) {
      seenEnough.clear();
      classes.forEach(seenEnough::add);
    }

    assertThat(seenEnough.size()).isEqualTo(grown).isEqualTo(SeenEnough.MANY);
    assertThat(classes).filteredOn(seenEnough::contains).hasSizeGreaterThan(5_500);
  }

  @Test
  void keepsItsSizeWhenThereWereFew() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(SeenEnough.FEW / 8);
    for (int epoch = 0; epoch < 10; epoch++) {
      classes.forEach(seenEnough::add);
      seenEnough.clear();
    }

    assertThat(seenEnough.size()).isEqualTo(SeenEnough.FEW);
  }
}
