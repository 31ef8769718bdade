package io.furnistream.datagen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedWorkersTest {

  private static final String NAME = "ordered-workers-test";

  @Test
  void resultsComeInTheOrderOfTheWorkWhateverIsReadyFirst() throws Exception {
    CountDownLatch secondIsDone = new CountDownLatch(1);
    try (OrderedWorkers workers = new OrderedWorkers(NAME, 2)) {
      Lane<String> first =
          workers.start(
              results -> {
                pass(secondIsDone);
                List.of("a", "b").forEach(results);
              });
      Lane<String> second =
          workers.start(
              results -> {
                results.accept("c");
                secondIsDone.countDown();
              });

      assertThat(drained(first)).containsExactly("a", "b");
      assertThat(drained(second)).containsExactly("c");
    }
  }

  @Test
  void allOfItArrivesThoughOneThreadDoesItAll() throws Exception {
    try (OrderedWorkers workers = new OrderedWorkers(NAME, 1)) {
      List<Lane<Integer>> lanes = new ArrayList<>();
      for (int lane = 0; lane < 20; lane++) {
        int start = lane * 100;
        lanes.add(
            workers.start(
                results -> {
                  for (int i = 0; i < 100; i++) {
                    results.accept(start + i);
                  }
                }));
      }
      List<Integer> all = new ArrayList<>();
      for (Lane<Integer> lane : lanes) {
        all.addAll(drained(lane));
      }
      assertThat(all).hasSize(2_000).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void workWhoseResultsAreNotTakenWaits() {
    AtomicInteger made = new AtomicInteger();
    try (OrderedWorkers workers = new OrderedWorkers(NAME, 1)) {
      workers.<Integer>start(
          results -> {
            while (true) {
              results.accept(made.incrementAndGet());
            }
          });
      await("a full lane").atMost(Duration.ofSeconds(10)).until(() -> made.get() >= 5);
      await("no more")
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(10))
          .until(() -> made.get() == 5);
    }
    await("threads to end").atMost(Duration.ofSeconds(10)).until(() -> threads().isEmpty());
  }

  @Test
  void aFailureIsThrownInItsPlaceAndEndsNothingElse() throws Exception {
    try (OrderedWorkers workers = new OrderedWorkers(NAME, 1)) {
      Lane<String> failing =
          workers.start(
              results -> {
                results.accept("a");
                throw new IllegalStateException("broken");
              });
      Lane<String> next = workers.start(results -> results.accept("b"));

      assertThat(failing.take()).isEqualTo("a");
      assertThatThrownBy(failing::take).isInstanceOf(IllegalStateException.class);
      assertThat(drained(next)).containsExactly("b");
    }
  }

  @Test
  void anErrorOfTheMachineIsThrownToo() {
    try (OrderedWorkers workers = new OrderedWorkers(NAME, 1)) {
      Lane<String> failing =
          workers.start(
              results -> {
                throw new StackOverflowError();
              });
      assertThatThrownBy(failing::take).isInstanceOf(StackOverflowError.class);
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> List<T> drained(Lane<T> lane) throws InterruptedException {
    List<T> all = new ArrayList<>();
    for (T each = lane.take(); each != null; each = lane.take()) {
      all.add(each);
    }
    return all;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(NAME))
        .toList();
  }
}
