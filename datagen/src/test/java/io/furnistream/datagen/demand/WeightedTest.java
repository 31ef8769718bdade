package io.furnistream.datagen.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightedTest {

  @Test
  void valuesComeAsOftenAsTheirWeightsSay() {
    Weighted<String> weighted =
        Weighted.<String>builder().add("a", 1).add("never", 0).add("b", 2).add("c", 7).build();
    Map<String, Integer> counts = new TreeMap<>();
    Draws random = new Draws(1);
    for (int i = 0; i < 100_000; i++) {
      counts.merge(weighted.draw(random), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("a", "b", "c");
    assertThat(counts.get("a")).isCloseTo(10_000, within(500));
    assertThat(counts.get("b")).isCloseTo(20_000, within(700));
    assertThat(counts.get("c")).isCloseTo(70_000, within(700));
  }

  @Test
  void nothingToDrawIsRefused() {
    assertThatThrownBy(() -> Weighted.<String>builder().add("never", 0).build())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Weighted.<String>builder().add("less", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Weighted.<String>builder().add("no number", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
