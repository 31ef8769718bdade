package io.furnistream.transforms;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Sales whose writer declares a field as any type of Avro, with any value of it. */
final class AnyAvro {

  private static final List<String> TYPES =
      List.of(
          "'int'",
          "'long'",
          "'float'",
          "'double'",
          "'boolean'",
          "'string'",
          "'bytes'",
          "{'type':'int','logicalType':'date'}",
          "{'type':'int','logicalType':'time-millis'}",
          "{'type':'int','connect.type':'int8'}",
          "{'type':'int','connect.name':'org.apache.kafka.connect.data.Date'}",
          "{'type':'long','logicalType':'timestamp-millis'}",
          "{'type':'long','logicalType':'Timestamp-Millis'}",
          "{'type':'long','logicalType':'timestamp-micros'}",
          "{'type':'long','logicalType':'timestamp-nanos'}",
          "{'type':'long','logicalType':'local-timestamp-millis'}",
          "{'type':'long','connect.name':'org.apache.kafka.connect.data.Timestamp'}",
          "{'type':'long','connect.name':'x'}",
          "{'type':'string','logicalType':'uuid'}",
          "{'type':'bytes','logicalType':'decimal','precision':18,'scale':4}",
          "{'type':'bytes','logicalType':'decimal','precision':9,'scale':6}",
          "{'type':'bytes','logicalType':'decimal','precision':5,'scale':4}",
          "{'type':'bytes','logicalType':'decimal','precision':18,'scale':2}",
          "{'type':'bytes','logicalType':'decimal','precision':20,'scale':4}",
          "{'type':'bytes','logicalType':'decimal','precision':64,'scale':4}",
          "{'type':'fixed','name':'F','size':8,'logicalType':'decimal','precision':18,'scale':4}",
          "{'type':'fixed','name':'F','size':3}",
          "{'type':'enum','name':'E','symbols':['Store','x']}",
          "{'type':'array','items':'string'}",
          "{'type':'map','values':'long'}",
          "{'type':'record','name':'R','fields':[{'name':'x','type':'long'}]}",
          "{'type':'record','name':'R','fields':[{'name':'x','type':'long'},{'name':'r','type':['null','R']}]}",
          "'null'",
          "['string']",
          "['string','long']",
          "['null','string','long']");

  private AnyAvro() {}

  /** Any type, nullable now and then. */
  static Schema type(Random random) {
    String type = TYPES.get(random.nextInt(TYPES.size()));
    boolean isNullable = type.startsWith("{") && random.nextInt(3) == 0;
    return new Schema.Parser()
        .parse((isNullable ? "['null'," + type + "]" : type).replace('\'', '"'));
  }

  /** The contract with one field declared as another type, or added to it. */
  static Schema drifted(String changed, Schema declared) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : DailyRecord.getClassSchema().getFields()) {
      fields.add(
          field.name().equals(changed)
              ? new Schema.Field(changed, declared)
              : new Schema.Field(field, field.schema()));
    }
    if (DailyRecord.getClassSchema().getField(changed) == null) {
      fields.add(new Schema.Field(changed, declared));
    }
    return Schema.createRecord("DailyRecord", null, "io.furnistream.schemas", false, fields);
  }

  /** A sound sale, but for the field that is declared otherwise, which is not set. */
  static GenericRecord sale(Schema schema, DailyRecordKey key) {
    GenericRecord sale = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      switch (field.schema().getType()) {
        case STRING -> sale.put(field.name(), "x");
        case INT, LONG -> sale.put(field.name(), 1);
        case BYTES -> sale.put(field.name(), ByteBuffer.wrap(new byte[] {1}));
        default -> sale.put(field.name(), null);
      }
    }
    sale.put("ts_id", key.getTsId());
    sale.put("ts", Instant.parse("2023-12-01T17:00:00Z").toEpochMilli());
    sale.put("ts_date", (int) key.getTsDate().toEpochDay());
    return sale;
  }

  /** Any value of a type, those at its ends often. */
  static Object value(Random random, Schema schema) {
    boolean low = random.nextBoolean();
    int dice = random.nextInt(4);
    return switch (schema.getType()) {
      case INT ->
          dice == 0 ? (low ? Integer.MIN_VALUE : Integer.MAX_VALUE) : dice == 1 ? 0 : 19_692;
      case LONG ->
          dice == 0 ? (low ? Long.MIN_VALUE : Long.MAX_VALUE) : dice == 1 ? 0L : 1_701_450_000_000L;
      case FLOAT -> low ? Float.NaN : Float.MAX_VALUE;
      case DOUBLE -> low ? Double.NEGATIVE_INFINITY : 1.29;
      case BOOLEAN -> low;
      case STRING -> dice == 0 ? "" : dice == 1 ? "𝔸\0" : dice == 2 ? "x".repeat(1_001) : "Reno";
      case BYTES -> ByteBuffer.wrap(digits(random));
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case ENUM -> new GenericData.EnumSymbol(schema, low ? "Store" : "x");
      case ARRAY -> List.of("x");
      case MAP -> Map.of("x", Long.MAX_VALUE);
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        record.put("x", 1L);
        yield record;
      }
      case UNION -> value(random, schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case NULL -> null;
    };
  }

  static byte[] bytes(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** The digits of a decimal: none at all, far too many, one too many, or few. */
  private static byte[] digits(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new byte[0];
      case 1 -> BigInteger.ONE.shiftLeft(5_000).toByteArray();
      case 2 -> new BigDecimal("99999999999999.9999").unscaledValue().toByteArray();
      case 3 -> new BigDecimal("-100000000000000.0000").unscaledValue().toByteArray();
      default -> new byte[] {1};
    };
  }
}
