package io.leakwatch.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OverheadPageTest {
  private static final String PAGE =
      "# Costs\n<!-- a-17 -->\nold\n<!-- /a-17 -->\n<!-- a-25 -->\n<!-- /a-25 -->\nend\n";

  @Test
  void oneSectionIsReplacedAndTheOthersStay() {
    String once = OverheadPage.replaced(PAGE, "a-17", "new");
    assertThat(once)
        .isEqualTo(
            "# Costs\n<!-- a-17 -->\n\nnew\n<!-- /a-17 -->\n<!-- a-25 -->\n<!-- /a-25 -->\nend\n");
    assertThat(OverheadPage.replaced(once, "a-17", "new")).isEqualTo(once);
  }

  @Test
  void aSectionWithoutAPlaceIsNamed() {
    assertThatThrownBy(() -> OverheadPage.replaced(PAGE, "b-17", "new"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<!-- b-17 -->");
  }
}
