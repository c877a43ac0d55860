package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class UnsafeFieldTest {
  static final Object STATIC = new Object();

  @SuppressWarnings("UnusedVariable")
  private static class Parent {
    final Object reference = "of the parent";
    final int[] array = {1};
    volatile int number = 7;
    final long longNumber = 1L << 40;
    final boolean yes = true;
    final short small = 3;
  }

  @SuppressWarnings({"HidingField", "UnusedVariable"})
  private static final class Child extends Parent {
    final Object reference = "of the child";
  }

  private static UnsafeField field(String name) {
    return Objects.requireNonNull(JdkLookup.field(Parent.class, name), name);
  }

  @Test
  void readsTheFieldOfItsOwnClass() {
    Parent parent = new Parent();

    assertThat(field("reference").read(parent)).isSameAs(parent.reference);
    assertThat(field("array").read(parent)).isSameAs(parent.array);
    assertThat(field("number").readInt(parent, -1)).isEqualTo(7);
    assertThat(field("longNumber").readLong(parent, -1)).isEqualTo(1L << 40);
    assertThat(field("yes").readBoolean(parent, false)).isTrue();
  }

  @Test
  void readsTheParentsFieldOfAChildThatHasOneOfThatNameToo() {
    assertThat(field("reference").read(new Child())).isEqualTo("of the parent");
  }

  @Test
  void readsNothingOfAnObjectThatHasNoSuchField() {
    assertThat(field("reference").read("another")).isNull();
    assertThat(field("number").readInt(new Object(), -1)).isEqualTo(-1);
    assertThat(field("longNumber").readLong(Parent.class, -1)).isEqualTo(-1);
    assertThat(field("yes").readBoolean(new Object[0], false)).isFalse();
  }

  @Test
  void readsNothingAsWhatItIsNot() {
    Parent parent = new Parent();

    assertThat(field("number").read(parent)).isNull();
    assertThat(field("reference").readInt(parent, -1)).isEqualTo(-1);
    assertThat(field("number").readLong(parent, -1)).isEqualTo(-1);
    assertThat(field("small").readInt(parent, -1)).isEqualTo(-1);
    assertThat(field("number").readBoolean(parent, false)).isFalse();
  }

  @Test
  void changesNothingWhereThereIsNoSuchField() {
    Parent parent = new Parent();

    assertThat(field("reference").compareAndSet(parent, 0, 1)).isFalse();
    assertThat(field("number").compareAndSet(new Object(), 7, 8)).isFalse();
    assertThat(field("number").compareAndSet(parent, (Object) null, "text")).isFalse();
    assertThat(field("number").getAndSet(parent, "text")).isNull();
    assertThat(field("number").getAndAdd(parent, 1)).isZero();

    assertThat(parent.number).isEqualTo(7);
    assertThat(parent.reference).isEqualTo("of the parent");
  }

  @Test
  void setsWhatIsExpected() {
    Parent parent = new Parent();

    assertThat(field("number").compareAndSet(parent, 8, 9)).isFalse();
    assertThat(field("number").compareAndSet(parent, 7, 9)).isTrue();

    assertThat(parent.number).isEqualTo(9);
  }

  @Test
  void isNoneOfAClassNorOfAnotherName() {
    assertThat(JdkLookup.field(UnsafeFieldTest.class, "STATIC")).isNull();
    assertThat(JdkLookup.field(Parent.class, "missing")).isNull();
    assertThat(JdkLookup.field(null, "number")).isNull();
    assertThat(JdkLookup.readStatic(UnsafeFieldTest.class, "STATIC")).isSameAs(STATIC);
  }
}
