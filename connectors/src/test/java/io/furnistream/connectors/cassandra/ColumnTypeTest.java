package io.furnistream.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class ColumnTypeTest {

  private static final Schema DATE = org.apache.kafka.connect.data.Date.SCHEMA;
  private static final String UUID_1 = "d2177dd0-eaa2-11de-a572-001b779c76e3";
  private static final String UUID_4 = "0f0e0d0c-0b0a-4908-8706-050403020100";

  static Stream<Arguments> exact() {
    return Stream.of(
        arguments(DataTypes.TINYINT, Schema.INT8_SCHEMA, (byte) -128, (byte) -128),
        arguments(DataTypes.TINYINT, Schema.INT64_SCHEMA, 127L, (byte) 127),
        arguments(DataTypes.SMALLINT, Schema.INT32_SCHEMA, -32_768, (short) -32_768),
        arguments(DataTypes.INT, Schema.INT64_SCHEMA, 2_147_483_647L, 2_147_483_647),
        arguments(DataTypes.INT, Schema.INT16_SCHEMA, (short) 5, 5),
        arguments(DataTypes.BIGINT, Schema.INT64_SCHEMA, Long.MIN_VALUE, Long.MIN_VALUE),
        arguments(DataTypes.BIGINT, Schema.INT8_SCHEMA, (byte) 1, 1L),
        arguments(DataTypes.FLOAT, Schema.FLOAT32_SCHEMA, 1.5f, 1.5f),
        arguments(DataTypes.DOUBLE, Schema.FLOAT64_SCHEMA, 0.1, 0.1),
        arguments(DataTypes.DOUBLE, Schema.FLOAT32_SCHEMA, 1.5f, 1.5),
        arguments(DataTypes.BOOLEAN, Schema.BOOLEAN_SCHEMA, true, true),
        arguments(
            DataTypes.DECIMAL,
            Decimal.schema(4),
            new BigDecimal("12.3400"),
            new BigDecimal("12.3400")),
        arguments(
            DataTypes.DECIMAL,
            Decimal.schema(1000),
            new BigDecimal("1E-1000"),
            new BigDecimal("1E-1000")),
        arguments(
            DataTypes.VARINT, Decimal.schema(2), new BigDecimal("7.00"), BigInteger.valueOf(7)),
        arguments(DataTypes.TEXT, Schema.STRING_SCHEMA, "Müller ☂", "Müller ☂"),
        arguments(DataTypes.TEXT, Schema.STRING_SCHEMA, "", ""),
        arguments(DataTypes.ASCII, Schema.STRING_SCHEMA, "plain", "plain"),
        arguments(DataTypes.UUID, Schema.STRING_SCHEMA, UUID_4, UUID.fromString(UUID_4)),
        arguments(
            DataTypes.UUID,
            Schema.STRING_SCHEMA,
            UUID_1.toUpperCase(java.util.Locale.ROOT),
            UUID.fromString(UUID_1)),
        arguments(DataTypes.TIMEUUID, Schema.STRING_SCHEMA, UUID_1, UUID.fromString(UUID_1)),
        arguments(DataTypes.DATE, DATE, new Date(-86_400_000L), LocalDate.of(1969, 12, 31)),
        arguments(DataTypes.DATE, null, new Date(0), LocalDate.of(1970, 1, 1)),
        arguments(
            DataTypes.DATE,
            DATE,
            new Date(-86_400_000L << 31),
            LocalDate.ofEpochDay(Integer.MIN_VALUE)),
        arguments(
            DataTypes.TIMESTAMP,
            Timestamp.SCHEMA,
            new Date(-1),
            Instant.parse("1969-12-31T23:59:59.999Z")),
        arguments(DataTypes.TIMESTAMP, null, new Date(5), Instant.ofEpochMilli(5)),
        arguments(
            DataTypes.BLOB,
            Schema.BYTES_SCHEMA,
            new byte[] {1, 2},
            ByteBuffer.wrap(new byte[] {1, 2})),
        arguments(
            DataTypes.BLOB,
            Schema.BYTES_SCHEMA,
            ByteBuffer.wrap(new byte[] {3}),
            ByteBuffer.wrap(new byte[] {3})));
  }

  @ParameterizedTest(name = "{0} from {2}")
  @MethodSource("exact")
  void convertsExactly(DataType type, Schema schema, Object value, Object expected) {
    Object converted = ColumnType.of(type).convert(schema, value);

    assertThat(converted).isEqualTo(expected).isInstanceOf(ColumnType.of(type).driverClass());
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        arguments(DataTypes.TINYINT, Schema.INT32_SCHEMA, 128, "-128 to 127"),
        arguments(DataTypes.SMALLINT, Schema.INT32_SCHEMA, -32_769, "-32768 to 32767"),
        arguments(DataTypes.INT, Schema.INT64_SCHEMA, 2_147_483_648L, "-2147483648 to 2147483647"),
        arguments(DataTypes.INT, Schema.STRING_SCHEMA, "5", "types"),
        arguments(DataTypes.INT, Decimal.schema(0), new BigDecimal("5"), "types"),
        arguments(DataTypes.BIGINT, Schema.FLOAT64_SCHEMA, 5.0, "types"),
        arguments(DataTypes.BIGINT, Timestamp.SCHEMA, new Date(5), "types"),
        arguments(DataTypes.FLOAT, Schema.FLOAT64_SCHEMA, 0.1, "types"),
        arguments(DataTypes.DOUBLE, Schema.INT32_SCHEMA, 1, "types"),
        arguments(DataTypes.BOOLEAN, Schema.STRING_SCHEMA, "true", "types"),
        arguments(DataTypes.DECIMAL, Schema.FLOAT64_SCHEMA, 1.5, "types"),
        arguments(DataTypes.VARINT, Decimal.schema(1), new BigDecimal("7.5"), "behind the point"),
        arguments(
            DataTypes.DECIMAL, Decimal.schema(-1001), new BigDecimal("1E+1001"), "-1000 to 1000"),
        arguments(
            DataTypes.DECIMAL,
            Decimal.schema(Integer.MAX_VALUE),
            new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
            "-1000 to 1000"),
        arguments(
            DataTypes.VARINT,
            Decimal.schema(Integer.MIN_VALUE),
            new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
            "-1000 to 1000"),
        arguments(DataTypes.TEXT, Schema.INT32_SCHEMA, 7, "types"),
        arguments(DataTypes.ASCII, Schema.STRING_SCHEMA, "Müller", "ASCII"),
        arguments(DataTypes.UUID, Schema.STRING_SCHEMA, "not-a-uuid", "UUID"),
        arguments(DataTypes.UUID, Schema.STRING_SCHEMA, "1-2-3-4-5", "UUID"),
        arguments(DataTypes.TIMEUUID, Schema.STRING_SCHEMA, UUID_4, "time-based"),
        arguments(DataTypes.DATE, Timestamp.SCHEMA, new Date(0), "types"),
        arguments(DataTypes.DATE, null, new Date(1), "time of day"),
        arguments(
            DataTypes.DATE, DATE, new Date(86_400_000L << 31), "-5877641-06-23 to +5881580-07-11"),
        arguments(
            DataTypes.DATE,
            DATE,
            new Date(-86_400_000L * (1L + (1L << 31))),
            "-5877641-06-23 to +5881580-07-11"),
        arguments(
            DataTypes.DECIMAL,
            Decimal.schema(0),
            BigDecimal.TEN.pow(1000),
            "more than 1000 digits"),
        arguments(
            DataTypes.VARINT, Decimal.schema(0), BigDecimal.TEN.pow(1000), "more than 1000 digits"),
        arguments(DataTypes.DATE, Schema.STRING_SCHEMA, "2016-01-01", "types"),
        arguments(DataTypes.TIMESTAMP, DATE, new Date(0), "types"),
        arguments(DataTypes.TIMESTAMP, Time.SCHEMA, new Date(0), "types"),
        arguments(DataTypes.TIMESTAMP, Schema.INT64_SCHEMA, 5L, "types"),
        arguments(DataTypes.BLOB, Schema.STRING_SCHEMA, "bytes", "types"));
  }

  @ParameterizedTest(name = "{0} from {2}")
  @MethodSource("unfit")
  void refusesWhatDoesNotFit(DataType type, Schema schema, Object value, String reason) {
    assertThatThrownBy(() -> ColumnType.of(type).convert(schema, value))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(reason);
  }

  static List<DataType> unwritten() {
    return List.of(
        DataTypes.COUNTER, DataTypes.INET, DataTypes.TIME, DataTypes.listOf(DataTypes.INT));
  }

  @ParameterizedTest
  @MethodSource("unwritten")
  void refusesColumnsItDoesNotWrite(DataType type) {
    assertThatThrownBy(() -> ColumnType.of(type))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(type.asCql(false, true));
  }
}
