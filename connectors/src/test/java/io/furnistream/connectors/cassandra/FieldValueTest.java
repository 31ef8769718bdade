package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What {@code *} takes; preview's {@code TableFitsTest} holds the report to the same. */
class FieldValueTest {

  private static final Schema KEY =
      SchemaBuilder.struct()
          .field("id", Schema.STRING_SCHEMA)
          .field("shop", Schema.STRING_SCHEMA)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .field("id", Schema.OPTIONAL_STRING_SCHEMA)
          .field("amount", Schema.INT32_SCHEMA)
          .build();

  private static final Struct KEY_STRUCT =
      new Struct(KEY).put("id", "of the key").put("shop", "Reno");

  @Test
  void aFieldInBothFillsAPrimaryKeyColumnFromTheKeyAndAnotherFromTheValue() {
    SinkRecord record = record(new Struct(VALUE).put("id", "of the value").put("amount", 2));

    assertThat(byName(record, "id", true).value()).isEqualTo("of the key");
    assertThat(byName(record, "id", false).value()).isEqualTo("of the value");
  }

  @Test
  void aFieldInOneOfThemFillsAnyColumn() {
    SinkRecord record = record(new Struct(VALUE).put("amount", 2));

    for (boolean primaryKey : new boolean[] {true, false}) {
      assertThat(byName(record, "shop", primaryKey).value()).isEqualTo("Reno");
      assertThat(byName(record, "amount", primaryKey).value()).isEqualTo(2);
      assertThat(byName(record, "absent", primaryKey)).isNull();
    }
  }

  @Test
  void aNullCountsAndATombstoneHasOnlyItsKey() {
    SinkRecord ofNull = record(new Struct(VALUE).put("amount", 2));

    assertThat(byName(ofNull, "id", false).name()).isEqualTo("value.id");
    assertThat(byName(ofNull, "id", false).value()).isNull();
    assertThat(byName(record(null), "id", false).value()).isEqualTo("of the key");
  }

  private static FieldValue byName(SinkRecord record, String column, boolean primaryKey) {
    return FieldValue.first(record, Uuid.ZERO_UUID, ColumnSource.byName(column, primaryKey));
  }

  private static SinkRecord record(Struct value) {
    return new SinkRecord("sales", 0, KEY, KEY_STRUCT, value == null ? null : VALUE, value, 0);
  }
}
