package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginClassTest {
  private final OriginClass origin = new OriginClass("com.acme.Task");
  private final StackBudget budget = new StackBudget();

  @Test
  void takesTheFirst256StacksAndThenEvery64th() {
    List<Integer> taken = taken(500);

    assertThat(taken.subList(0, 256)).isEqualTo(oneTo(256));
    assertThat(taken.subList(256, taken.size())).containsExactly(320, 384, 448);
  }

  @Test
  void takesEvery1024thBeyond4096() {
    assertThat(taken(8_000)).filteredOn(n -> n > 4_032).containsExactly(4_096, 5_120, 6_144, 7_168);
  }

  @Test
  void beginsAnewInEachEpoch() {
    taken(1_000);
    budget.nextEpoch();

    assertThat(taken(257)).isEqualTo(oneTo(256));
  }

  @Test
  void takesNoneWhenTheBudgetIsSpent() {
    while (budget.claim()) {
      // Somebody else spends it.
    }

    assertThat(taken(10)).isEmpty();
  }

  @Test
  void takesTheFirst4096WhileItsLiveThreadsBecomeMoreAndMore() {
    for (int live = 1; live <= 3; live++) {
      census(live);
    }

    assertThat(taken(10_000)).hasSize(4_096).isEqualTo(oneTo(4_096));
  }

  @Test
  void isNotSuspectAfterTwoRises() {
    census(1);
    census(2);

    assertThat(taken(300)).hasSize(256);
  }

  @Test
  void staysSuspectWhileTheNumberStandsStill() {
    for (int live = 1; live <= 3; live++) {
      census(live);
    }
    census(3);

    assertThat(taken(300)).hasSize(300);
  }

  @Test
  void isNoMoreSuspectWhenTheNumberFalls() {
    for (int live = 1; live <= 3; live++) {
      census(live);
    }
    census(2);

    assertThat(taken(300)).hasSize(256);
  }

  @Test
  void saysWhichThreadIsItsFirstInACensus() {
    assertThat(origin.countLive()).isTrue();
    assertThat(origin.countLive()).isFalse();
    origin.endCensus();
    assertThat(origin.countLive()).isTrue();
  }

  @Test
  void knowsItsOnlySiteUntilThereAreTwo() {
    CreationSite site = site("quote");
    assertThat(origin.onlySite()).isNull();

    origin.addSite(site);
    origin.addSite(site);
    assertThat(origin.onlySite()).isSameAs(site);

    origin.addSite(site("refresh"));
    assertThat(origin.onlySite()).isNull();
  }

  @Test
  void isOneForEachClassAndHasItsName() {
    assertThat(OriginClass.of(OriginClassTest.class))
        .isSameAs(OriginClass.of(OriginClassTest.class))
        .isNotSameAs(OriginClass.of(OriginClass.class))
        .extracting(OriginClass::name)
        .isEqualTo("io.leakwatch.registry.OriginClassTest");
  }

  @Test
  void namesLambdaClassesTheSameInEveryRun() {
    Runnable lambda = () -> {};

    assertThat(OriginClass.of(lambda.getClass()).name())
        .isEqualTo("io.leakwatch.registry.OriginClassTest$$Lambda");
    assertThat(OriginClass.readableName("com.acme.Quotes$$Lambda$14/0x0000000801002000"))
        .isEqualTo("com.acme.Quotes$$Lambda");
    assertThat(OriginClass.readableName("com.acme.Quotes$1")).isEqualTo("com.acme.Quotes$1");
  }

  @Test
  void takesTheStacksOfTheFirstFewSubmissionsOfEachEpoch() {
    assertThat(submissionsTaken(100)).isEqualTo(OriginClass.EACH_SUBMISSION);

    budget.nextEpoch();
    assertThat(submissionsTaken(100)).isEqualTo(OriginClass.EACH_SUBMISSION);
  }

  @Test
  void remembersThePlacesWhereTasksWereHandedInLast() {
    List<CreationSite> sites = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sites.add(site("order" + i));
      origin.addSubmission(sites.get(i));
      origin.addSubmission(sites.get(i));
    }

    assertThat(origin.submittedAt()).isEqualTo(sites.subList(2, 10));
  }

  private int submissionsTaken(int events) {
    int taken = 0;
    for (int i = 0; i < events; i++) {
      taken += origin.claimSubmission(budget) ? 1 : 0;
    }
    return taken;
  }

  private void census(int live) {
    for (int i = 0; i < live; i++) {
      origin.countLive();
    }
    origin.endCensus();
  }

  private List<Integer> taken(int events) {
    List<Integer> taken = new ArrayList<>();
    for (int n = 1; n <= events; n++) {
      if (origin.claimStack(budget)) {
        taken.add(n);
      }
    }
    return taken;
  }

  private static List<Integer> oneTo(int last) {
    List<Integer> numbers = new ArrayList<>();
    for (int n = 1; n <= last; n++) {
      numbers.add(n);
    }
    return numbers;
  }

  private static CreationSite site(String method) {
    return new CreationSite(
        List.of(new StackTraceElement("com.acme.QuoteService", method, "QuoteService.java", 42)));
  }
}
