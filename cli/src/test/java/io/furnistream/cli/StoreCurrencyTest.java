package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreCurrencyTest {

  @ParameterizedTest
  @CsvSource({"'', USD", "' ', USD", "EUR, EUR", "' JPY ', JPY", "KWD, KWD", "DEM, DEM"})
  void theVariableNamesTheCurrency(String value, String code) {
    assertThat(
            StoreCurrency.fromEnvironment(Map.of("FURNISTREAM_STORE_CURRENCY", value))
                .getCurrencyCode())
        .isEqualTo(code);
  }

  @Test
  void withoutTheVariableItIsTheDollar() {
    assertThat(StoreCurrency.fromEnvironment(Map.of()).getCurrencyCode()).isEqualTo("USD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eur", "€", "$", "Euro", "EU", "QQQ", "XAU", "XXX", "EUR,USD"})
  void anInvalidCurrencyIsNamedWithTheVariable(String value) {
    Map<String, String> environment = Map.of("FURNISTREAM_STORE_CURRENCY", value);

    assertThatThrownBy(() -> StoreCurrency.fromEnvironment(environment))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("FURNISTREAM_STORE_CURRENCY is '" + value + "'")
        .hasMessageContaining("EUR");
  }
}
