package io.leakwatch.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakwatch.benchmarks.Spread;
import io.leakwatch.benchmarks.cost.Plot.Series;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PlotTest {
  @Test
  void eachCurveHasAPointForEachPowerOfTenInsideTheChart() throws Exception {
    List<Spread> points =
        List.of(new Spread(1.0, 0.9, 1.1), new Spread(1.5, 1.4, 2.0), new Spread(1.0, 0.5, 1.0));
    String svg = new Plot("a < b", "threads", List.of(new Series("one", points))).svg();
    Element root = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
    var circles = root.getElementsByTagName("circle");
    assertThat(circles.getLength()).isEqualTo(3);
    for (int i = 0; i < circles.getLength(); i++) {
      Element circle = (Element) circles.item(i);
      assertThat(Double.parseDouble(circle.getAttribute("cy"))).isBetween(40.0, 280.0);
      assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(60.0, 700.0);
    }
    assertThat(svg).contains(">100</text>").contains("a &lt; b");
  }
}
