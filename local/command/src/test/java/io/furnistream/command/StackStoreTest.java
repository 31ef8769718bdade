package io.furnistream.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.cli.CannotRunException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackStoreTest {

  @ParameterizedTest
  @CsvSource({
    "clothing, Europe/Berlin, EUR",
    "furniture, Asia/Tokyo, USD",
    // Without a store of its own, a stack may be in any zone and currency: it replays.
    ", Europe/Berlin, EUR"
  })
  void aStackThatFitsItsStoreStarts(String store, String zone, String currency) {
    assertThatCode(() -> StackStore.requireFitting(environment(store, zone, currency)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "clothing, America/New_York, EUR, FURNISTREAM_STORE_ZONE=Europe/Berlin",
    "clothing, Europe/Berlin, USD, FURNISTREAM_STORE_CURRENCY=EUR",
    "furniture, America/New_York, EUR, FURNISTREAM_STORE_CURRENCY=USD",
    "toys, Europe/Berlin, EUR, There is no store 'toys'",
    "shops/none.yaml, Europe/Berlin, EUR, shops/none.yaml"
  })
  void oneThatDoesNotIsRefusedWithWhatToSet(
      String store, String zone, String currency, String said) {
    assertThatThrownBy(() -> StackStore.requireFitting(environment(store, zone, currency)))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining(said);
  }

  @Test
  void withNothingSetTheStackIsThatOfTheFurnitureStore() {
    assertThatCode(() -> StackStore.requireFitting(Map.of())).doesNotThrowAnyException();
    assertThatCode(() -> StackStore.requireFitting(Map.of("FURNISTREAM_STORE", "furniture")))
        .doesNotThrowAnyException();
  }

  private static Map<String, String> environment(String store, String zone, String currency) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FURNISTREAM_STORE_ZONE", zone);
    environment.put("FURNISTREAM_STORE_CURRENCY", currency);
    if (store != null) {
      environment.put("FURNISTREAM_STORE", store);
    }
    return environment;
  }
}
