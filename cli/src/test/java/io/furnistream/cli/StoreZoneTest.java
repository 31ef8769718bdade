package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreZoneTest {

  @ParameterizedTest
  @CsvSource({
    "'', America/New_York",
    "' ', America/New_York",
    "Pacific/Auckland, Pacific/Auckland",
    "' Europe/Berlin ', Europe/Berlin",
    "UTC, UTC"
  })
  void theVariableNamesTheZone(String value, String zone) {
    assertThat(StoreZone.fromEnvironment(Map.of("FURNISTREAM_STORE_ZONE", value)))
        .isEqualTo(ZoneId.of(zone));
  }

  @Test
  void withoutTheVariableItIsNewYorks() {
    assertThat(StoreZone.fromEnvironment(Map.of("TZ", "Asia/Tokyo")))
        .isEqualTo(ZoneId.of("America/New_York"));
  }

  /** Java takes the last four; PostgreSQL and Python read them otherwise, or not at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mars",
        "america/new_york",
        "../etc/localtime",
        "+02:00",
        "UTC+2",
        "Z",
        "SystemV/EST5"
      })
  void anInvalidZoneIsNamedWithTheVariable(String value) {
    Map<String, String> environment = Map.of("FURNISTREAM_STORE_ZONE", value);

    assertThatThrownBy(() -> StoreZone.fromEnvironment(environment))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("FURNISTREAM_STORE_ZONE is '" + value + "'")
        .hasMessageContaining("America/New_York");
  }
}
