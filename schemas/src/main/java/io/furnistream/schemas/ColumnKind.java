package io.furnistream.schemas;

import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What the values of a column are, whatever type a store uses for them. */
public enum ColumnKind {
  /** Text. */
  TEXT,
  /** A whole number of 32 or 64 bits. */
  COUNT,
  /** A decimal: money, in the store's currency, or a fraction. */
  AMOUNT,
  /** Latitude or longitude: a decimal with six digits behind the point, in degrees (WGS 84). */
  COORDINATE,
  /** A day, without a zone. */
  DATE,
  /** An instant, to the millisecond. */
  INSTANT;

  private static final int COORDINATE_SCALE = 6;

  private static final Set<Schema.Type> WHOLE_NUMBERS = Set.of(Schema.Type.INT, Schema.Type.LONG);

  /**
   * The kind of a field's values.
   *
   * @param type the field's type, without null
   * @throws IllegalArgumentException when no contract may have a field of this type
   */
  static ColumnKind of(Schema type) {
    LogicalType logical = type.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal) {
      return decimal.getScale() == COORDINATE_SCALE ? COORDINATE : AMOUNT;
    }
    if (logical instanceof LogicalTypes.Date) {
      return DATE;
    }
    if (logical instanceof LogicalTypes.TimestampMillis) {
      return INSTANT;
    }
    if (logical == null && type.getType() == Schema.Type.STRING) {
      return TEXT;
    }
    if (logical == null && WHOLE_NUMBERS.contains(type.getType())) {
      return COUNT;
    }
    throw new IllegalArgumentException("A column cannot be of this type: " + type);
  }
}
