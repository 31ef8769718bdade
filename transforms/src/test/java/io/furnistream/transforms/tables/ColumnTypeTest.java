package io.furnistream.transforms.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ColumnTypeTest {

  @Test
  void nothingIsRoundedWhenATableIsRead() {
    assertThatThrownBy(() -> ColumnType.named("decimal(2)").read("1.005"))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> ColumnType.named("decimal(2)").read("1e999999999"))
        .hasMessageContaining("100 digits");
    assertThatThrownBy(() -> ColumnType.named("int32").read("1.5"))
        .isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> ColumnType.named("boolean").read("yes"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ColumnType.named("timestamp").read("2020-04-01 12:00:00.5+02"))
        .isEqualTo(java.util.Date.from(Instant.parse("2020-04-01T10:00:00.500Z")));
    assertThat(ColumnType.named("timestamp").read("2020-04-01T12:00:00+0200"))
        .isEqualTo(java.util.Date.from(Instant.parse("2020-04-01T10:00:00Z")));
    assertThatThrownBy(() -> ColumnType.named("timestamp").read("2020-02-30T12:00:00"))
        .isInstanceOf(java.time.DateTimeException.class);
    assertThat(ColumnType.named("timestamp").read("2020-04-01"))
        .isEqualTo(java.util.Date.from(Instant.parse("2020-04-01T00:00:00Z")));
  }
}
