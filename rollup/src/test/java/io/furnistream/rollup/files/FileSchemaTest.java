package io.furnistream.rollup.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.parquet.FileColumn;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.StoreKind;
import io.furnistream.schemas.Topic;
import java.util.List;
import org.apache.avro.Schema;
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

  @Test
  void aSalesColumnsAreThoseOfItsContract() {
    List<String> fields =
        DailyRecord.getClassSchema().getFields().stream().map(Schema.Field::name).toList();

    assertThat(FileSchema.RECORDS.folder()).isEqualTo("records");
    assertThat(FileSchema.RECORDS.columns())
        .extracting(FileColumn::name)
        .startsWith("bucket")
        .endsWith(fields.toArray(String[]::new));
  }

  /** Another fingerprint has every closed day written again, as its files are then others. */
  @ParameterizedTest
  @CsvSource({
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
