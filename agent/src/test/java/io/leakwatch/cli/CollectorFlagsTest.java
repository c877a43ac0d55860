package io.leakwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CollectorFlagsTest {
  private static final String OFF = """
      [Global flags]
           bool DisableExplicitGC                        = false        {product} {default}
           bool ExplicitGCInvokesConcurrent              = false        {product} {default}
           bool UseG1GC                                  = %s
           bool UseZGC                                   = false        {product} {default}
      """;
  private static final String G1 = OFF.formatted("true         {product} {ergonomic}");

  @Test
  void collectorsThatStopTheWorldAreTaken() {
    assertThat(CollectorFlags.obstacle(G1)).isNull();
    assertThat(CollectorFlags.obstacle(G1.replace("UseG1GC", "UseSerialGC"))).isNull();
    assertThat(CollectorFlags.obstacle(G1.replace("UseG1GC", "UseParallelGC"))).isNull();
  }

  @Test
  void othersAreRefusedByName() {
    assertThat(CollectorFlags.obstacle(G1.replace("UseG1GC", "UseZGC")))
        .startsWith("its collector is ZGC;");
    assertThat(CollectorFlags.obstacle(G1.replace("UseG1GC", "UseShenandoahGC")))
        .startsWith("its collector is Shenandoah;");
    assertThat(CollectorFlags.obstacle(G1.replace("UseG1GC", "UseEpsilonGC")))
        .startsWith("its collector is Epsilon;");
    assertThat(CollectorFlags.obstacle(OFF.formatted("false")))
        .isEqualTo("its flags name no collector that is known here: G1, Parallel or Serial");
    assertThat(CollectorFlags.obstacle("")).isNotNull();
  }

  @Test
  void flagsThatKeepItFromCollectingAreRefusedByName() {
    assertThat(CollectorFlags.obstacle(on("DisableExplicitGC")))
        .startsWith("-XX:+DisableExplicitGC ");
    assertThat(CollectorFlags.obstacle(on("ExplicitGCInvokesConcurrent")))
        .startsWith("-XX:+ExplicitGCInvokesConcurrent ");
  }

  private static String on(String flag) {
    return G1.replaceAll("(bool " + flag + " +)= false", "$1= true ");
  }
}
