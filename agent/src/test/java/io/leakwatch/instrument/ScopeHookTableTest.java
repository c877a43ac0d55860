package io.leakwatch.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.bootstrap.ScopeHooks;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;

/** The table of what is woven for tests, against the class files of the JDK that runs the tests. */
class ScopeHookTableTest {
  private static final int JDK = Runtime.version().feature();

  /** In one pass with the other table: a class that both name is woven once. */
  @Test
  void namesOnlyWhatThisJdkHas() throws Exception {
    Map<String, List<HookPoint>> points = Stream.concat(
            HookTable.POINTS.stream(), ScopeHookTable.POINTS.stream())
        .filter(p -> p.isIn(JDK))
        .collect(Collectors.groupingBy(HookPoint::className));
    for (Map.Entry<String, List<HookPoint>> entry : points.entrySet()) {
      Set<HookPoint> woven = new HashSet<>();
      try (InputStream in = Object.class.getResourceAsStream("/" + entry.getKey() + ".class")) {
        Weaver.weave(
            Objects.requireNonNull(in, entry.getKey()).readAllBytes(), entry.getValue(), woven);
      }
      assertThat(woven).containsExactlyInAnyOrderElementsOf(entry.getValue());
    }
  }

  @Test
  void namesHooksThatExistWithThoseArguments() {
    Set<String> hooks = Arrays.stream(ScopeHooks.class.getMethods())
        .map(m -> m.getName() + Type.getMethodDescriptor(m))
        .collect(Collectors.toSet());

    assertThat(ScopeHookTable.POINTS)
        .allSatisfy(p -> assertThat(hooks).contains(p.hook() + p.arguments().hookDescriptor()))
        .allSatisfy(
            p -> assertThat(p.hookClass()).isEqualTo(Type.getInternalName(ScopeHooks.class)));
  }

  /** What begins must end on every way out, or a thread would stay in a scope for ever. */
  @Test
  void takesBackWhateverBegins() {
    assertThat(ScopeHookTable.POINTS)
        .filteredOn(HookPoint::keeps)
        .isNotEmpty()
        .allSatisfy(begin -> assertThat(ScopeHookTable.POINTS)
            .filteredOn(p -> p.className().equals(begin.className())
                && p.method().equals(begin.method())
                && p.arguments() == HookPoint.Arguments.RECEIVER_AND_KEPT)
            .extracting(HookPoint::where)
            .containsExactlyInAnyOrder(HookPoint.Where.RETURN, HookPoint.Where.THROW));
  }

  /** A method has room for one thing that is kept. */
  @Test
  void keepsOneThingInAMethodAtMost() {
    Map<String, Long> kept = Stream.concat(
            HookTable.POINTS.stream(), ScopeHookTable.POINTS.stream())
        .filter(HookPoint::keeps)
        .collect(Collectors.groupingBy(HookPoint::describe, Collectors.counting()));

    assertThat(kept.values()).containsOnly(1L);
  }
}
