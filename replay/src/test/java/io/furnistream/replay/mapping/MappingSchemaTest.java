package io.furnistream.replay.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema, by which editors help, and the reader say the same of a mapping. */
class MappingSchemaTest {

  private static final String SMALL =
      """
      key: [row]
      fields:
        ts: day
        product_name: item
        quantity: pieces
        price: price
      """;

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text("mapping.schema.json"));

  @ParameterizedTest
  @ValueSource(strings = {"superstore.yaml", "kaggle-sales.yaml"})
  void whatShipsIsValid(String name) {
    assertBothTake(text(name));
  }

  @Test
  void fieldsAreThoseOfASale() throws IOException {
    JsonNode properties =
        new ObjectMapper()
            .readTree(text("mapping.schema.json"))
            .at("/properties/fields/properties");
    Set<String> named = new HashSet<>();
    properties.fieldNames().forEachRemaining(named::add);

    assertThat(named).isEqualTo(SaleFields.mapped());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# a comment",
        "zone: Europe/Berlin",
        "decimal: ','",
        "delimiter: tab",
        "encoding: UTF-16",
        "skip: [repeated_headers]",
        "  city: {column: a, pattern: '(.*)', default: b}",
        "  country: {value: Germany}",
        "  revenue: {from: price}",
      })
  void bothTake(String line) {
    assertBothTake(with(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zones: UTC",
        "decimal: x",
        "skip: [empty_rows]",
        "  land: a",
        "  city: {colum: a}",
        "  city: {column: a, value: b}",
        "  city: {pattern: '(.*)'}",
        "  revenue: {from: city}",
        "  country: {value: Germany, default: x}",
      })
  void bothRefuse(String line) {
    String broken = with(line);
    assertThat(schema.validate(broken, InputFormat.YAML)).as(broken).isNotEmpty();
    assertThatThrownBy(() -> MappingReader.read("shop.yaml", broken))
        .as(broken)
        .isInstanceOf(MappingException.class);
  }

  private void assertBothTake(String mapping) {
    assertThat(schema.validate(mapping, InputFormat.YAML)).as(mapping).isEmpty();
    assertThatCode(() -> MappingReader.read("shop.yaml", mapping))
        .as(mapping)
        .doesNotThrowAnyException();
  }

  /** A line of a field goes to the end, one of the mapping to the beginning. */
  private static String with(String line) {
    return line.startsWith(" ") ? SMALL + line + "\n" : line + "\n" + SMALL;
  }

  private static String text(String name) {
    try (InputStream in = MappingSchemaTest.class.getResourceAsStream("/mappings/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
