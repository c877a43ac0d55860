package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeakTableTest {
  @Test
  void tellsObjectsApartByIdentity() {
    WeakTable<String> table = new WeakTable<>();
    String one = new String("same");
    String other = new String("same");

    assertThat(table.putIfAbsent(one, "first")).isEqualTo("first");
    assertThat(table.putIfAbsent(one, "second")).isEqualTo("first");
    assertThat(table.putIfAbsent(other, "third")).isEqualTo("third");

    assertThat(table.find(one)).isEqualTo("first");
    assertThat(table.remove(one)).isEqualTo("first");
    assertThat(table.remove(one)).isNull();
    assertThat(table.find(other)).isEqualTo("third");
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void visitsAllThatIsAlive() {
    WeakTable<Integer> table = new WeakTable<>(4, 1_000);
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Object object = new Object();
      kept.add(object);
      table.putIfAbsent(object, i);
    }

    List<Object> visited = new ArrayList<>();
    table.forEach((object, value) -> visited.add(object));

    assertThat(visited).containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void keepsNothingAliveAndForgetsWhatWasCollected() {
    WeakTable<String> table = new WeakTable<>();
    table.putIfAbsent(new Object(), "gone");
    Object kept = new Object();
    table.putIfAbsent(kept, "kept");

    List<String> gone = new ArrayList<>();
    await().until(() -> {
      System.gc();
      table.sweep(gone::add);
      return table.size() == 1;
    });

    assertThat(gone).containsExactly("gone");
    assertThat(table.find(kept)).isEqualTo("kept");
  }

  @Test
  void refusesWhatIsBeyondItsCapAndSaysHowOften() {
    WeakTable<String> table = new WeakTable<>(2, 1);
    Object first = new Object();
    Object second = new Object();

    assertThat(table.putIfAbsent(first, "first")).isEqualTo("first");
    assertThat(table.putIfAbsent(second, "second")).isNull();
    assertThat(table.refused()).isEqualTo(1);

    table.remove(first);
    assertThat(table.putIfAbsent(second, "second")).isEqualTo("second");
  }
}
