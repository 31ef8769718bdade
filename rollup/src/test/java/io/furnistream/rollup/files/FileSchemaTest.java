package io.furnistream.rollup.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSchemaTest {

  @Test
  void aClosedDayHasAFileForEachTopicThatTheCatalogueSays() {
    assertThat(FileSchema.ALL)
        .extracting(FileSchema::name)
        .containsExactlyElementsOf(
            Topic.in(StoreKind.PARQUET).stream().map(Topic::topicName).toList());
  }

  /** Another fingerprint has every closed day written again, as its files are then others. */
  @ParameterizedTest
  @CsvSource({
    "daily_records, records, 10915b8c06ce0fd164d8ad7bd01400d75b9822fe253e4d7ec9b6d5d0d83c4220",
    "daily_pu_rev, rollups/daily_pu_rev, c070a0d7767681f67fa9a2d8964626b34a7467ec4b97a8c4472d14b2a5b57274",
    "daily_category_product, rollups/daily_category_product, 2666b45d65bd6512ee7a5e9315f5e1eb18a5787f6b368ac8881a0addd1cd6cbb",
    "daily_address, rollups/daily_address, f5d77b1fde7fb88624fd5d363fe5c93ab149379d0ca7b18b26e441d2e1f36a05"
  })
  void theColumnsStayAsTheyAreToTheLetter(String name, String folder, String fingerprint) {
    FileSchema<?> schema =
        FileSchema.ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();

    assertThat(schema.folder()).isEqualTo(folder);
    assertThat(schema.fingerprint()).isEqualTo(fingerprint);
  }
}
