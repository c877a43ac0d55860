package com.acme.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EliminationArrayTest {
  @Test
  void anOfferThatNobodyTakesIsWithdrawn() {
    EliminationArray<String> array = new EliminationArray<>(1, 10);
    assertThat(array.offer(new Node<>("a"))).isFalse();
    assertThat(array.poll()).isNull();
  }

  @Test
  @Timeout(60)
  void anOfferThatIsTakenIsNotTheCallersAnyMore() throws Exception {
    EliminationArray<String> array = new EliminationArray<>(1, Integer.MAX_VALUE);
    Node<String> node = new Node<>("a");
    CompletableFuture<Boolean> met = CompletableFuture.supplyAsync(() -> array.offer(node));
    Node<String> taken = array.poll();
    while (taken == null) {
      Thread.onSpinWait();
      taken = array.poll();
    }
    assertThat(taken).isSameAs(node);
    assertThat(met.get()).isTrue();
    assertThat(array.poll()).isNull();
  }
}
