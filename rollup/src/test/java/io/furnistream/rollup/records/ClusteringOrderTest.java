package io.furnistream.rollup.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusteringOrderTest {

  @Test
  void idsAreInCassandrasOrder() {
    List<UUID> sorted =
        List.of(
            UUID.fromString("ffffffff-ffff-0fff-ffff-ffffffffffff"),
            // Version 1: the third group before the second before the first.
            UUID.fromString("ffffffff-ffff-1000-0000-000000000000"),
            UUID.fromString("00000001-0000-1001-0000-000000000000"),
            UUID.fromString("00000000-0001-1001-0000-000000000000"),
            UUID.fromString("00000000-0001-1001-7000-000000000000"),
            UUID.fromString("00000000-0001-1001-8000-000000000000"),
            UUID.fromString("00000000-0000-4000-0000-000000000001"),
            UUID.fromString("00000000-0000-4000-f000-000000000000"),
            UUID.fromString("7fffffff-0000-4000-0000-000000000000"),
            UUID.fromString("80000000-0000-4000-0000-000000000000"),
            UUID.fromString("00000000-0000-f000-0000-000000000000"));

    assertThat(sorted).isSortedAccordingTo(ClusteringOrder.INSTANCE);
  }

  @Test
  void aPositionIsTheShareOfAllIdsThatComeBefore() {
    assertThat(
            Stream.of(
                    "00000000-0000-0000-0000-000000000000",
                    "ffffffff-ffff-0fff-ffff-ffffffffffff",
                    "80000000-0000-4000-0000-000000000000",
                    // Version 1: the third group without its first digit leads.
                    "ffffffff-ffff-1200-0000-000000000000",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff")
                .map(UUID::fromString)
                .map(ClusteringOrder.INSTANCE::position))
        .containsExactly(0, 15, 4 * 16 + 8, 16 + 2, 255);
  }
}
