package io.furnistream.transforms.tables;

import io.furnistream.transforms.dates.DateTimeText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/** The type that a column of a reference table has in a record: read from text, exactly. */
public final class ColumnType {

  /** Every type, in words. */
  public static final String NAMES =
      "string, boolean, int32, int64, float64, decimal(SCALE), date or timestamp";

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2})\\)");
  private static final int MAX_DIGITS = 100;

  private static final Map<String, ColumnType> SIMPLE =
      Map.of(
          "string", new ColumnType(Schema.OPTIONAL_STRING_SCHEMA, text -> text),
          "boolean", new ColumnType(Schema.OPTIONAL_BOOLEAN_SCHEMA, ColumnType::toBoolean),
          "int32", new ColumnType(Schema.OPTIONAL_INT32_SCHEMA, Integer::valueOf),
          "int64", new ColumnType(Schema.OPTIONAL_INT64_SCHEMA, Long::valueOf),
          "float64", new ColumnType(Schema.OPTIONAL_FLOAT64_SCHEMA, Double::valueOf),
          "date", new ColumnType(Date.builder().optional().build(), ColumnType::toDate),
          "timestamp",
              new ColumnType(Timestamp.builder().optional().build(), ColumnType::toTimestamp));

  private final Schema schema;
  private final Reading reading;

  private ColumnType(Schema schema, Reading reading) {
    this.schema = schema;
    this.reading = reading;
  }

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ColumnType named(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      int scale = Integer.parseInt(decimal.group(1));
      return new ColumnType(
          Decimal.builder(scale).optional().build(),
          // Throws where digits would be lost.
          text -> written(new BigDecimal(text)).setScale(scale));
    }
    ColumnType type = SIMPLE.get(name);
    if (type == null) {
      throw new IllegalArgumentException("'" + name + "' is not a type: use " + NAMES);
    }
    return type;
  }

  /** The schema of such a field: optional, for a cell may be empty. */
  public Schema schema() {
    return schema;
  }

  /**
   * Reads a cell.
   *
   * @throws RuntimeException when the text is not such a value, or would be rounded
   */
  public Object read(String text) {
    return reading.of(text);
  }

  /** Written out, 1e999999999 would fill the memory. */
  private static BigDecimal written(BigDecimal number) {
    if (Math.abs((long) number.scale()) + number.precision() > MAX_DIGITS) {
      throw new IllegalArgumentException("more than " + MAX_DIGITS + " digits");
    }
    return number;
  }

  private static Boolean toBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static java.util.Date toDate(String text) {
    return java.util.Date.from(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** In UTC where no offset says otherwise. */
  private static java.util.Date toTimestamp(String text) {
    TemporalAccessor time = DateTimeText.parse(text);
    if (time instanceof ZonedDateTime zoned) {
      return java.util.Date.from(zoned.toInstant());
    }
    LocalDateTime local =
        time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
    return java.util.Date.from(local.toInstant(ZoneOffset.UTC));
  }

  private interface Reading {
    Object of(String text);
  }
}
