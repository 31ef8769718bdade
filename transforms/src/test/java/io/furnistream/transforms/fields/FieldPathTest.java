package io.furnistream.transforms.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {

  @Test
  void dotsDivideNamesAndBackticksHoldThemTogether() {
    assertThat(FieldPath.parse("city").steps()).containsExactly("city");
    assertThat(FieldPath.parse("address.city").steps()).containsExactly("address", "city");
    assertThat(FieldPath.parse("`store.address`.city").steps())
        .containsExactly("store.address", "city");
    assertThat(FieldPath.parse("a.`b.c`").steps()).containsExactly("a", "b.c");
    assertThat(FieldPath.parse("a.`b.c`")).hasToString("a.`b.c`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "`a", "``", "`a`b"})
  void aPathWithoutNamesIsRefused(String text) {
    assertThatThrownBy(() -> FieldPath.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsThroughStructsAndTheMapsInThem() {
    Schema colours = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build();
    Schema inner = SchemaBuilder.struct().optional().field("colours", colours).build();
    Schema outer = SchemaBuilder.struct().field("inner", inner).build();
    Struct full =
        new Struct(outer).put("inner", new Struct(inner).put("colours", Map.of("red", 7)));

    assertThat(FieldPath.parse("inner.colours.red").valueIn(full)).isEqualTo(7);
    assertThat(FieldPath.parse("inner.colours.blue").valueIn(full)).isNull();
    assertThat(FieldPath.parse("inner.colours.red").valueIn(new Struct(outer))).isNull();
    assertThat(FieldPath.parse("inner.colours.red").in(outer).optional()).isTrue();
    assertThat(FieldPath.parse("inner.colours.red").in(outer).schema())
        .isEqualTo(Schema.INT32_SCHEMA);
  }

  @Test
  void whatIsNotThereIsNamed() {
    Schema schema = SchemaBuilder.struct().field("city", Schema.STRING_SCHEMA).build();
    Struct struct = new Struct(schema).put("city", "Reno");
    Map<String, Object> map = new HashMap<>(Map.of("city", "Reno"));
    FieldPath absent = FieldPath.parse("state");
    FieldPath below = FieldPath.parse("city.part");

    for (Object part : List.of(struct, map)) {
      assertThatThrownBy(() -> absent.valueIn(part))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'state' is missing")
          .hasMessageContaining("city");
      assertThatThrownBy(() -> below.valueIn(part))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("'city.part' cannot be reached");
    }
    assertThatThrownBy(() -> absent.in(schema)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> below.in(schema)).isInstanceOf(DataException.class);
  }

  @Test
  void aRequiredFieldThatWasLeftUnsetHasItsDefaultAndANullThatWasSentStaysNull() {
    Schema schema =
        SchemaBuilder.struct()
            .field("a", SchemaBuilder.string().defaultValue("x").build())
            .field("b", SchemaBuilder.string().optional().defaultValue("y").build())
            .build();

    assertThat(FieldPath.parse("a").valueIn(new Struct(schema))).isEqualTo("x");
    assertThat(FieldPath.parse("b").valueIn(new Struct(schema))).isNull();
    assertThat(FieldPath.parse("a").in(schema).valueIn(new Struct(schema))).isEqualTo("x");
    assertThat(FieldPath.parse("b").in(schema).valueIn(new Struct(schema))).isNull();
  }

  @Test
  void fieldsThatAreWrittenMayNotOverlap() {
    assertThatThrownBy(() -> tree("a", "a"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("columns");
    assertThatThrownBy(() -> tree("a", "a.b")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> tree("a.b", "a")).isInstanceOf(ConfigException.class);
    assertThat(tree("a.b", "a.c", "d").children()).containsOnlyKeys("a", "d");
  }

  private static FieldTree tree(String... paths) {
    return FieldTree.of(List.of(paths).stream().map(FieldPath::parse).toList(), "columns");
  }
}
