package io.furnistream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"clothing", " clothing "})
  void aNameStaysAName(String value) {
    Map<String, String> environment = Map.of("FURNISTREAM_STORE", value);
    assertThat(StoreName.fromEnvironment(environment)).isEqualTo("clothing");
    assertThat(StoreName.isIn(environment)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-shop.yaml", "shops/my-shop.yaml", "./my-shop"})
  void aFileIsTheSameOneInEveryFolder(String value) {
    assertThat(StoreName.fromEnvironment(Map.of("FURNISTREAM_STORE", value)))
        .isEqualTo(Path.of("").toAbsolutePath().resolve(value).normalize().toString());
  }

  @Test
  void withoutTheVariableItIsTheFurnitureStore() {
    assertThat(StoreName.fromEnvironment(Map.of())).isEqualTo("furniture");
    assertThat(StoreName.fromEnvironment(Map.of("FURNISTREAM_STORE", " "))).isEqualTo("furniture");
    assertThat(StoreName.isIn(Map.of("FURNISTREAM_STORE", " "))).isFalse();
  }
}
