package io.furnistream.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.preview.TableFit.ColumnFit;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What {@code *} takes, as the sink's {@code FieldValueTest} has it. */
class TableFitsTest {

  private static final ConnectorFile CONNECTOR =
      new ConnectorFile(
          "sales",
          Map.of(
              "connector.class", "io.furnistream.connectors.cassandra.CassandraSinkConnector",
              "topic.sales.shop.sales.mapping", "*, amount=key.sum"));

  private static final Schema KEY =
      SchemaBuilder.struct()
          .field("id", Schema.STRING_SCHEMA)
          .field("line", Schema.INT32_SCHEMA)
          .field("sum", Schema.INT32_SCHEMA)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .field("id", Schema.STRING_SCHEMA)
          .field("line", Schema.STRING_SCHEMA)
          .field("amount", Schema.INT32_SCHEMA)
          .build();

  private static final Struct KEY_STRUCT =
      new Struct(KEY).put("id", "of the key").put("line", 1).put("sum", 3);

  @Test
  void aFieldInBothFillsAPrimaryKeyColumnFromTheKeyAndAnotherFromTheValue() {
    TableFit fit =
        fit(new Struct(VALUE).put("id", "of the value").put("line", "one").put("amount", 2));

    assertThat(fit.table()).isEqualTo("shop.sales");
    assertThat(fit.columns())
        .containsExactly(
            column("id", "value.id; in the primary key key.id", "string"),
            column("line", "value.line; in the primary key key.line", "string; int32"),
            column("sum", "key.sum", "int32"),
            column("amount", "key.sum", "int32"));
  }

  @Test
  void aTombstoneHasOnlyItsKey() {
    assertThat(fit(null).columns())
        .containsExactly(
            column("id", "key.id", "string"),
            column("line", "key.line", "int32"),
            column("sum", "key.sum", "int32"),
            column("amount", "key.sum", "int32"));
  }

  private static TableFit fit(Struct value) {
    SinkRecord record =
        new SinkRecord("sales", 0, KEY, KEY_STRUCT, value == null ? null : VALUE, value, 0);
    return TableFits.of(CONNECTOR, record).get(0);
  }

  private static ColumnFit column(String name, String source, String type) {
    return new ColumnFit(name, source, type, false, true);
  }
}
