package io.furnistream.verify.records;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/**
 * A field of a record as its writer declared and wrote it.
 *
 * @param declared what its schema declares, as rule files name it; null when there is no such field
 * @param value String, BigDecimal, LocalDate, Instant, or what Avro has for another type
 */
record WrittenField(String declared, Object value) {

  private static final WrittenField NONE = new WrittenField(null, null);

  /**
   * A field.
   *
   * @param name of a field of the record itself
   */
  static WrittenField of(GenericRecord record, String name) {
    Schema.Field field = record.getSchema().getField(name);
    if (field == null) {
      return NONE;
    }
    Schema schema = withoutNull(field.schema());
    return new WrittenField(declared(schema), value(schema, record.get(field.pos())));
  }

  boolean isDeclared() {
    return declared != null;
  }

  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION || schema.getTypes().size() != 2) {
      return schema;
    }
    Schema first = schema.getTypes().get(0);
    return first.getType() == Schema.Type.NULL ? schema.getTypes().get(1) : first;
  }

  private static String declared(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      // Asked of every record: formatting takes ten times as long.
      return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    if (logical instanceof LogicalTypes.Date
        || logical instanceof LogicalTypes.TimeMillis
        || logical instanceof LogicalTypes.TimestampMillis) {
      return logical.getName();
    }
    return schema.getType().getName();
  }

  private static Object value(Schema schema, Object raw) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal && raw != null) {
      return new BigDecimal(new BigInteger(bytes(raw)), decimal.getScale());
    }
    if (raw instanceof CharSequence text) {
      return text.toString();
    }
    if (raw instanceof Integer days && logical instanceof LogicalTypes.Date) {
      return LocalDate.ofEpochDay(days);
    }
    if (raw instanceof Long millis && logical instanceof LogicalTypes.TimestampMillis) {
      return Instant.ofEpochMilli(millis);
    }
    return raw instanceof Integer || raw instanceof Long
        ? BigDecimal.valueOf(((Number) raw).longValue())
        : raw;
  }

  private static byte[] bytes(Object raw) {
    if (raw instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) raw).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
