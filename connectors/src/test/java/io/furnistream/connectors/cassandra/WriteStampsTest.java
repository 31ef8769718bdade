package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class WriteStampsTest {

  private final WriteStamps stamps = new WriteStamps("t", Uuid.randomUuid(), 1_000, 1_010, 0);

  @Test
  void growWithTheOffset() {
    assertThat(stamps.of(0)).isEqualTo(1_000);
    assertThat(stamps.of(7)).isEqualTo(1_007);
  }

  @Test
  void reachUpToTheCeiling() {
    assertThat(stamps.covers(10)).isTrue();
    assertThat(stamps.covers(11)).isFalse();
  }

  @Test
  void neverWrapAround() {
    assertThatThrownBy(() -> stamps.of(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
  }
}
