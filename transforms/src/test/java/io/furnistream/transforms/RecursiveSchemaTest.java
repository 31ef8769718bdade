package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.connect.avro.AvroData;
import io.furnistream.schemas.DailyRecordKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** A record with a field whose type holds itself, as Confluent's converter makes it. */
class RecursiveSchemaTest {

  private static final Schema TREE =
      SchemaBuilder.record("Tree")
          .fields()
          .name("next")
          .type()
          .unionOf()
          .nullType()
          .and()
          .type("Tree")
          .endUnion()
          .nullDefault()
          .endRecord();

  private static final DailyRecordKey KEY =
      new DailyRecordKey(LocalDate.parse("2023-12-01"), 5, "911b18d9-68b3-c413-ea64-6f06245a27c5");

  @Test
  void everyTransformPassesItOn() {
    List<Transformation<SinkRecord>> chain =
        List.of(
            Records.configured(
                new Screen.Value<>(),
                Map.of("rules.file", "../schemas/src/main/rules/daily_records.json")),
            Records.configured(
                new Pseudonymise.Value<>(),
                Map.of("fields", "customer_name", "key", "0123456789abcdef0123456789abcdef")),
            Records.configured(new DateParts.Value<>(), Map.of("field", "ts")));
    // Two converters, as a worker has after a restart of a task: equal schemas, not the same.
    for (int n = 0; n < 2; n++) {
      SinkRecord record = record(new AvroData(10));
      for (Transformation<SinkRecord> transform : chain) {
        record = transform.apply(record);
      }
      Struct value = (Struct) record.value();
      assertThat(value.getInt32("ts_year")).isEqualTo(2023);
      assertThat(value.getStruct("tree").getStruct("next").getStruct("next")).isNull();
    }
  }

  private static SinkRecord record(AvroData converter) {
    Schema schema =
        AnyAvro.drifted("tree", Schema.createUnion(Schema.create(Schema.Type.NULL), TREE));
    GenericRecord sale = AnyAvro.sale(schema, KEY);
    GenericRecord leaf = new GenericData.Record(TREE);
    GenericRecord tree = new GenericData.Record(TREE);
    tree.put("next", leaf);
    sale.put("tree", tree);
    SchemaAndValue value = converter.toConnectData(schema, sale);
    GenericRecord keyed = new GenericData.Record(DailyRecordKey.getClassSchema());
    keyed.put("ts_date", (int) KEY.getTsDate().toEpochDay());
    keyed.put("bucket", KEY.getBucket());
    keyed.put("ts_id", KEY.getTsId());
    SchemaAndValue key = converter.toConnectData(keyed.getSchema(), keyed);
    return new SinkRecord(
        "daily_records", 0, key.schema(), key.value(), value.schema(), value.value(), 0);
  }
}
