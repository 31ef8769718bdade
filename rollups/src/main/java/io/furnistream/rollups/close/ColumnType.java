package io.furnistream.rollups.close;

import io.furnistream.cli.CannotRunException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** What a column of a day's file holds. Every value but text is kept as one whole number. */
enum ColumnType {
  TEXT(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()),
  INT(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(32, true)),
  COUNT(PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, true)),
  DATE(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType()),
  INSTANT(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS)),
  MONEY(PrimitiveTypeName.INT64, 18, 4),
  DEGREES(PrimitiveTypeName.INT32, 9, 6),
  FRACTION(PrimitiveTypeName.INT32, 5, 4);

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

  /** Whether the whole number takes 32 bits in the file, and not 64. */
  boolean isShort() {
    return stored == PrimitiveTypeName.INT32;
  }

  PrimitiveType column(String name, boolean nullable) {
    return Types.primitive(stored, nullable ? Repetition.OPTIONAL : Repetition.REQUIRED)
        .as(logical)
        .named(name);
  }

  /**
   * The whole number that stands for a value.
   *
   * @throws CannotRunException when the column cannot hold the value without changing it
   */
  long number(String column, Object value) {
    return switch (this) {
      case TEXT -> throw new IllegalArgumentException("Text is no number");
      case INT -> ((Integer) value).longValue();
      case COUNT -> (Long) value;
      case DATE -> ((LocalDate) value).toEpochDay();
      case INSTANT -> ((Instant) value).toEpochMilli();
      case MONEY, DEGREES, FRACTION -> unscaled(column, (BigDecimal) value);
    };
  }

  private long unscaled(String column, BigDecimal value) {
    if (value.scale() == scale && value.precision() <= precision) {
      return value.unscaledValue().longValueExact(); // as nearly all are, and many times faster
    }
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() > scale || plain.precision() - plain.scale() > precision - scale) {
      throw new CannotRunException(
          "%s is %s, which is no decimal(%d,%d) as its contract asks for. Correct the record, then close the day again."
              .formatted(column, value.toPlainString(), precision, scale));
    }
    return plain.setScale(scale).unscaledValue().longValueExact();
  }
}
