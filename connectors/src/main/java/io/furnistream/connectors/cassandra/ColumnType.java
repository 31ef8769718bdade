package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Turns a Connect value into what the driver takes for one CQL type, exactly or not at all: nothing
 * is rounded, cut off or guessed.
 *
 * @param <T> what the driver takes
 */
final class ColumnType<T> {

  private static final int TIME_BASED = 1;

  /**
   * Cassandra's own limit when it calculates with decimals ({@code DecimalType}). Python, which
   * many read the tables with, takes no number of more than 4,300 digits.
   */
  private static final int MAX_DIGITS = 1000;

  private static final LocalDate FIRST_DAY = LocalDate.ofEpochDay(Integer.MIN_VALUE);
  private static final LocalDate LAST_DAY = LocalDate.ofEpochDay(Integer.MAX_VALUE);

  private static final Map<DataType, ColumnType<?>> TYPES =
      Map.ofEntries(
          entry(
              DataTypes.TINYINT,
              Byte.class,
              (s, v) -> (byte) whole(v, Byte.MIN_VALUE, Byte.MAX_VALUE)),
          entry(
              DataTypes.SMALLINT,
              Short.class,
              (s, v) -> (short) whole(v, Short.MIN_VALUE, Short.MAX_VALUE)),
          entry(
              DataTypes.INT,
              Integer.class,
              (s, v) -> (int) whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE)),
          entry(DataTypes.BIGINT, Long.class, (s, v) -> whole(v, Long.MIN_VALUE, Long.MAX_VALUE)),
          entry(DataTypes.FLOAT, Float.class, (s, v) -> is(Float.class, v)),
          entry(
              DataTypes.DOUBLE,
              Double.class,
              (s, v) -> v instanceof Float f ? f.doubleValue() : is(Double.class, v)),
          entry(DataTypes.BOOLEAN, Boolean.class, (s, v) -> is(Boolean.class, v)),
          entry(DataTypes.DECIMAL, BigDecimal.class, (s, v) -> scaled(is(BigDecimal.class, v))),
          entry(
              DataTypes.VARINT,
              BigInteger.class,
              (s, v) -> integer(scaled(is(BigDecimal.class, v)))),
          entry(DataTypes.TEXT, String.class, (s, v) -> is(String.class, v)),
          entry(DataTypes.ASCII, String.class, (s, v) -> ascii(is(String.class, v))),
          entry(DataTypes.UUID, UUID.class, (s, v) -> uuid(is(String.class, v))),
          entry(DataTypes.TIMEUUID, UUID.class, (s, v) -> timeUuid(is(String.class, v))),
          entry(DataTypes.DATE, LocalDate.class, ColumnType::date),
          entry(DataTypes.TIMESTAMP, Instant.class, ColumnType::timestamp),
          entry(DataTypes.BLOB, ByteBuffer.class, (s, v) -> bytes(v)));

  private final Class<T> driverClass;
  private final Conversion<T> conversion;

  private ColumnType(Class<T> driverClass, Conversion<T> conversion) {
    this.driverClass = driverClass;
    this.conversion = conversion;
  }

  /**
   * The conversion into a CQL type.
   *
   * @throws DataException when the sink writes no such type
   */
  static ColumnType<?> of(DataType type) {
    ColumnType<?> columnType = TYPES.get(type);
    if (columnType == null) {
      throw new DataException("the sink does not write columns of type " + type.asCql(false, true));
    }
    return columnType;
  }

  /** The class that the driver takes. */
  Class<T> driverClass() {
    return driverClass;
  }

  /**
   * Converts a value.
   *
   * @param schema the value's schema; null when it has none
   * @param value not null
   * @throws DataException saying what does not fit, without the value itself
   */
  T convert(Schema schema, Object value) {
    return conversion.apply(schema, value);
  }

  private static <T> Map.Entry<DataType, ColumnType<?>> entry(
      DataType type, Class<T> driverClass, Conversion<T> conversion) {
    return Map.entry(type, new ColumnType<>(driverClass, conversion));
  }

  private static <V> V is(Class<V> expected, Object value) {
    if (!expected.isInstance(value)) {
      throw new DataException("the types do not match");
    }
    return expected.cast(value);
  }

  private static long whole(Object value, long lowest, long highest) {
    if (!(value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long)) {
      throw new DataException("the types do not match");
    }
    long number = ((Number) value).longValue();
    if (number < lowest || number > highest) {
      throw new DataException("the number lies outside " + lowest + " to " + highest);
    }
    return number;
  }

  /** 1E+2000000000 takes a few bytes, and fills the memory when it is written out. */
  private static BigDecimal scaled(BigDecimal value) {
    if (Math.abs((long) value.scale()) > MAX_DIGITS) {
      throw new DataException(
          "the number's scale lies outside -%d to %d".formatted(MAX_DIGITS, MAX_DIGITS));
    }
    if (value.precision() > MAX_DIGITS) {
      throw new DataException("the number has more than %d digits".formatted(MAX_DIGITS));
    }
    return value;
  }

  private static BigInteger integer(BigDecimal value) {
    try {
      return value.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new DataException("the number has digits behind the point", e);
    }
  }

  private static String ascii(String text) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new DataException("the text is not all ASCII");
    }
    return text;
  }

  private static UUID uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      throw new DataException("the text is not a UUID", e);
    }
    // Java also reads short forms such as 1-2-3-4-5, which are typing errors.
    throw new DataException("the text is not a UUID of 8-4-4-4-12 digits");
  }

  private static UUID timeUuid(String text) {
    UUID uuid = uuid(text);
    if (uuid.version() != TIME_BASED) {
      throw new DataException("the UUID is not time-based (version 1)");
    }
    return uuid;
  }

  private static LocalDate date(Schema schema, Object value) {
    requireLogicalType(schema, org.apache.kafka.connect.data.Date.LOGICAL_NAME);
    Instant instant = is(Date.class, value).toInstant();
    LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
    if (!day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(instant)) {
      throw new DataException("the date has a time of day");
    }
    // The driver would wrap it around to another day.
    if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
      throw new DataException("the date lies outside %s to %s".formatted(FIRST_DAY, LAST_DAY));
    }
    return day;
  }

  private static Instant timestamp(Schema schema, Object value) {
    requireLogicalType(schema, Timestamp.LOGICAL_NAME);
    return is(Date.class, value).toInstant();
  }

  /** Dates, times and timestamps share one Java class: only the schema distinguishes them. */
  private static void requireLogicalType(Schema schema, String name) {
    if (schema != null && !name.equals(schema.name())) {
      throw new DataException("the types do not match");
    }
  }

  private static ByteBuffer bytes(Object value) {
    return value instanceof byte[] array ? ByteBuffer.wrap(array) : is(ByteBuffer.class, value);
  }

  private interface Conversion<T> {
    T apply(Schema schema, Object value);
  }
}
