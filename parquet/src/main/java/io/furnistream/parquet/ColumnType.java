package io.furnistream.parquet;

import io.furnistream.cli.CannotRunException;
import io.furnistream.schemas.TopicColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** What a column of a file holds. Every value except text is kept as a whole number. */
public enum ColumnType {
  TEXT(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()),
  INT(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(32, true)),
  COUNT(PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, true)),
  DATE(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType()),
  INSTANT(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS)),
  /** An amount of one record. */
  MONEY(PrimitiveTypeName.INT64, 18, 4),
  /** Amounts added up: those of a day of 10^9 of the largest records, and far more. */
  SUM(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, 38, 4),
  DEGREES(PrimitiveTypeName.INT32, 9, 6),
  FRACTION(PrimitiveTypeName.INT32, 5, 4);

  /** Bytes that a {@link #SUM} takes in the file. */
  static final int SUM_BYTES = 16;

  private final PrimitiveTypeName stored;

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable, and only lacks the annotation
  private final LogicalTypeAnnotation logical;

  private final int precision;
  private final int scale;

  ColumnType(PrimitiveTypeName stored, LogicalTypeAnnotation logical) {
    this.stored = stored;
    this.logical = logical;
    this.precision = 0;
    this.scale = 0;
  }

  ColumnType(PrimitiveTypeName stored, int precision, int scale) {
    this.stored = stored;
    this.logical = LogicalTypeAnnotation.decimalType(scale, precision);
    this.precision = precision;
    this.scale = scale;
  }

  /**
   * The type that holds a column's values.
   *
   * @throws IllegalArgumentException when no type holds them to the digit
   */
  static ColumnType of(TopicColumn column) {
    return switch (column.kind()) {
      case TEXT -> TEXT;
      case COUNT -> column.type().getType() == Schema.Type.INT ? INT : COUNT;
      case AMOUNT, COORDINATE -> decimal((LogicalTypes.Decimal) column.type().getLogicalType());
      case DATE -> DATE;
      case INSTANT -> INSTANT;
    };
  }

  private static ColumnType decimal(LogicalTypes.Decimal decimal) {
    return Stream.of(MONEY, SUM, DEGREES, FRACTION)
        .filter(
            type -> type.precision == decimal.getPrecision() && type.scale == decimal.getScale())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No column of a file is a decimal(%d,%d)"
                        .formatted(decimal.getPrecision(), decimal.getScale())));
  }

  /** Whether the whole number takes 32 bits in the file, and not 64. */
  boolean isShort() {
    return stored == PrimitiveTypeName.INT32;
  }

  PrimitiveType column(String name, boolean nullable) {
    var column = Types.primitive(stored, nullable ? Repetition.OPTIONAL : Repetition.REQUIRED);
    return (this == SUM ? column.length(SUM_BYTES) : column).as(logical).named(name);
  }

  /**
   * The whole number that represents a value of a column of 64 bits at most.
   *
   * @throws CannotRunException when the column cannot hold the value without changing it
   */
  long number(String column, Object value) {
    return switch (this) {
      case TEXT -> throw new IllegalArgumentException("Text is not a number");
      case INT -> ((Integer) value).longValue();
      case COUNT -> (Long) value;
      case DATE -> ((LocalDate) value).toEpochDay();
      case INSTANT -> ((Instant) value).toEpochMilli();
      case MONEY, DEGREES, FRACTION -> unscaled(column, (BigDecimal) value).longValueExact();
      case SUM -> throw new IllegalArgumentException("A sum takes more than 64 bits");
    };
  }

  /**
   * The whole number that represents a decimal.
   *
   * @throws CannotRunException when the column cannot hold the value without changing it
   */
  BigInteger unscaled(String column, BigDecimal value) {
    if (value.scale() == scale && value.precision() <= precision) {
      return value.unscaledValue(); // as nearly all are, and many times faster
    }
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() > scale || plain.precision() - plain.scale() > precision - scale) {
      throw new CannotRunException(
          "%s is %s, which is not a decimal(%d,%d) as its contract requires. Correct the record, then run this again."
              .formatted(column, value.toPlainString(), precision, scale));
    }
    return plain.setScale(scale).unscaledValue();
  }
}
