package io.furnistream.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeoCellTest {

  private static final Offset<Double> MICRO = within(0.000_001);

  /**
   * H3's cells are those of the examples in the documentation of h3-js and h3-java; geohash's those
   * of its article in Wikipedia, their centres worked out from the bits by hand.
   */
  @ParameterizedTest(name = "{2} in {0}")
  @CsvSource({
    "h3,      7,  87283472bffffff,  37.3615593,         -122.0553238,        37.351718,    -122.050326",
    "h3,      9,  8928308280fffff,  37.775938728915946, -122.41795063018799, 37.776702,    -122.418459",
    "geohash, 5,  ezs42,            42.6,               -5.6,                42.604980,    -5.603027",
    "geohash, 11, u4pruydqqvj,      57.64911,           10.40744,            57.64911,     10.40744",
    "GEOHASH, 1,  s,                0,                  0,                   22.5,         22.5",
  })
  void namesTheCellAndItsCentre(
      String grid,
      String resolution,
      String cell,
      double latitude,
      double longitude,
      double centreLatitude,
      double centreLongitude) {
    Map<String, String> properties = Map.of("grid", grid, "resolution", resolution);
    Schema schema =
        SchemaBuilder.struct()
            .field("latitude", Schema.FLOAT64_SCHEMA)
            .field("longitude", Schema.FLOAT64_SCHEMA)
            .build();

    Struct struct =
        (Struct)
            apply(
                    properties,
                    Records.ofValue(
                        new Struct(schema).put("latitude", latitude).put("longitude", longitude)))
                .value();
    Map<?, ?> map =
        (Map<?, ?>)
            apply(properties, Records.ofValue(Map.of("latitude", latitude, "longitude", longitude)))
                .value();

    assertThat(struct.get("cell")).isEqualTo(cell);
    assertThat(struct.getFloat64("cell_latitude")).isCloseTo(centreLatitude, MICRO);
    assertThat(struct.getFloat64("cell_longitude")).isCloseTo(centreLongitude, MICRO);
    assertThat(map.get("cell")).isEqualTo(cell);
    assertThat((Double) map.get("cell_latitude")).isCloseTo(centreLatitude, MICRO);
  }

  @Test
  void decimalCoordinatesGiveADecimalCentre() {
    Schema degrees = Decimal.builder(6).optional().build();
    Schema schema =
        SchemaBuilder.struct()
            .field(
                "place",
                SchemaBuilder.struct()
                    .field("latitude", degrees)
                    .field("longitude", degrees)
                    .build())
            .build();
    Struct place =
        new Struct(schema.field("place").schema())
            .put("latitude", new BigDecimal("42.600000"))
            .put("longitude", new BigDecimal("-5.600000"));
    Map<String, String> properties =
        Map.of(
            "latitude", "place.latitude",
            "longitude", "place.longitude",
            "grid", "geohash",
            "resolution", "5",
            "cell", "place.box");

    SinkRecord after = apply(properties, Records.ofValue(new Struct(schema).put("place", place)));

    Struct made = ((Struct) after.value()).getStruct("place");
    assertThat(made.get("box")).isEqualTo("ezs42");
    assertThat(made.get("box_latitude")).isEqualTo(new BigDecimal("42.604980"));
    assertThat(made.get("box_longitude")).isEqualTo(new BigDecimal("-5.603027"));
    assertThat(made.get("latitude")).isEqualTo(new BigDecimal("42.600000"));
    assertThat(made.schema().field("box_latitude").schema())
        .isEqualTo(Decimal.builder(6).optional().build());
  }

  @Test
  void withoutACoordinateThereIsNoCell() {
    Schema schema =
        SchemaBuilder.struct()
            .field("latitude", Schema.OPTIONAL_FLOAT32_SCHEMA)
            .field("longitude", Schema.INT32_SCHEMA)
            .build();
    Map<String, Object> map = new HashMap<>();
    map.put("latitude", 1.5);
    map.put("longitude", null);

    Struct struct =
        (Struct) apply(Map.of(), Records.ofValue(new Struct(schema).put("longitude", 7))).value();
    Map<?, ?> fromMap = (Map<?, ?>) apply(Map.of(), Records.ofValue(map)).value();

    assertThat(struct.get("cell")).isNull();
    assertThat(struct.get("cell_latitude")).isNull();
    assertThat(struct.get("cell_longitude")).isNull();
    assertThat(fromMap.containsKey("cell")).isTrue();
    assertThat(fromMap.get("cell")).isNull();
    SinkRecord tombstone = Records.tombstone();
    assertThat(apply(Map.of(), tombstone)).isSameAs(tombstone);
  }

  @Test
  void theKeyHasPlacesToo() {
    Schema schema =
        SchemaBuilder.struct()
            .field("latitude", Schema.INT32_SCHEMA)
            .field("longitude", Schema.INT64_SCHEMA)
            .build();

    SinkRecord after =
        Records.configured(
                new GeoCell.Key<SinkRecord>(), Map.of("grid", "geohash", "resolution", "1"))
            .apply(Records.ofKey(new Struct(schema).put("latitude", 0).put("longitude", 0L)));

    assertThat(((Struct) after.key()).get("cell")).isEqualTo("s");
  }

  @Test
  void invalidCoordinatesFail() {
    for (Object latitude : new Object[] {90.1, -90.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () ->
                  apply(Map.of(), Records.ofValue(Map.of("latitude", latitude, "longitude", 0.0))))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'latitude' lies outside -90 to 90");
    }
    assertThatThrownBy(
            () -> apply(Map.of(), Records.ofValue(Map.of("latitude", 0, "longitude", 180.5))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'longitude'");
    assertThatThrownBy(
            () -> apply(Map.of(), Records.ofValue(Map.of("latitude", "1", "longitude", 1))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a number");
    Schema text =
        SchemaBuilder.struct()
            .field("latitude", Schema.STRING_SCHEMA)
            .field("longitude", Schema.INT64_SCHEMA)
            .build();
    assertThatThrownBy(
            () -> apply(Map.of(), Records.ofValue(new Struct(text).put("latitude", "1"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'latitude' is of type string");
  }

  @Test
  void randomRecordsComeThroughAsEveryTransformPromises() {
    Promises.hold(new GeoCell.Value<>(), Map.of(), "cell", "cell_latitude", "cell_longitude");
    Promises.hold(
        new GeoCell.Value<>(),
        Map.of("grid", "geohash"),
        "cell",
        "cell_latitude",
        "cell_longitude");
  }

  static Stream<Arguments> wrongConfigurations() {
    return Stream.of(
        arguments(Map.of("grid", "s2"), "grid"),
        arguments(Map.of("resolution", "16"), "resolution"),
        arguments(Map.of("resolution", "-1"), "resolution"),
        arguments(Map.of("grid", "geohash", "resolution", "0"), "resolution"),
        arguments(Map.of("grid", "geohash", "resolution", "13"), "resolution"),
        arguments(Map.of("latitude", ""), "latitude"),
        arguments(Map.of("longitude", "a."), "longitude"),
        arguments(Map.of("cell", ""), "cell"));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void refusesAWrongConfigurationAndNamesTheProperty(
      Map<String, String> properties, String property) {
    assertThatThrownBy(() -> apply(properties, Records.tombstone()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
  }

  private static SinkRecord apply(Map<String, String> properties, SinkRecord record) {
    return Records.configured(new GeoCell.Value<>(), properties).apply(record);
  }
}
