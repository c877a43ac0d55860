package io.leakwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentOriginsTest {
  private final RecentOrigins recent = new RecentOrigins();

  @Test
  void findsWhatWasTakenInAndNothingElse() {
    OriginClass origin = OriginClass.of(String.class);
    recent.add(String.class, origin);

    assertThat(recent.find(String.class)).isSameAs(origin);
    assertThat(recent.find(Integer.class)).isNull();
  }

  @Test
  void neverAnswersWithTheOriginOfAnotherClassHoweverFullItIs() throws Exception {
    RecentOrigins small = new RecentOrigins(16);
    List<Class<?>> classes = HiddenClasses.of(2_000);
    for (Class<?> type : classes) {
      small.add(type, OriginClass.of(type));
    }

    int found = 0;
    for (Class<?> type : classes) {
      OriginClass origin = small.find(type);
      assertThat(origin).isIn(OriginClass.of(type), null);
      found += origin == null ? 0 : 1;
    }
    assertThat(found).isPositive().isLessThanOrEqualTo(small.size()).isLessThan(classes.size());
  }

  @Test
  void findsWholeOriginsWhileOtherThreadsTakeThemInAndOneTidies() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(100);
    RecentOrigins small = new RecentOrigins(64);
    AtomicInteger found = new AtomicInteger();
    Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      Thread thread = new Thread(() -> {
        for (int i = 0; i < 200_000; i++) {
          Class<?> type = classes.get(i % classes.size());
          OriginClass origin = small.find(type);
          if (origin == null) {
            small.add(type, OriginClass.of(type));
          } else {
            assertThat(origin).isSameAs(OriginClass.of(type));
            assertThat(origin.lives()).isNotNull();
            found.incrementAndGet();
          }
        }
      });
      thread.setUncaughtExceptionHandler((failed, e) -> wrong.add(e));
      thread.start();
      threads.add(thread);
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      small.tidy();
    }

    assertThat(wrong).isEmpty();
    assertThat(found).hasPositiveValue();
  }

  @Test
  void growsOnceWhenManyWereNotFound() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(6_000);
    lookUpAll(classes, 3);

    assertThat(recent.size()).isEqualTo(RecentOrigins.MANY);
    assertThat(classes).filteredOn(type -> recent.find(type) != null).hasSizeGreaterThan(5_500);
  }

  @Test
  void keepsItsSizeWhenFewClassesAreLookedUpHoweverOften() throws Exception {
    List<Class<?>> classes = HiddenClasses.of(RecentOrigins.FEW / 4);
    lookUpAll(classes, 10);

    assertThat(recent.size()).isEqualTo(RecentOrigins.FEW);
  }

  @Test
  void letsGoOfTheOriginsOfUnloadedClasses() throws Exception {
    WeakReference<OriginClass> origin =
        new WeakReference<>(OriginClass.of(HiddenClasses.of(1).get(0)));

    await().atMost(Duration.ofMinutes(1)).until(() -> {
      System.gc();
      OriginClass.tidy();
      return origin.get() == null;
    });
  }

  private void lookUpAll(List<Class<?>> classes, int censuses) {
    for (int census = 0; census < censuses; census++) {
      for (Class<?> type : classes) {
        if (recent.find(type) == null) {
          recent.add(type, OriginClass.of(type));
        }
      }
      recent.tidy();
    }
  }
}
