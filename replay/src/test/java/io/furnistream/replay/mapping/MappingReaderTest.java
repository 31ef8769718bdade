package io.furnistream.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.replay.mapping.FieldSource.Constant;
import io.furnistream.replay.mapping.FieldSource.Derivation;
import io.furnistream.replay.mapping.FieldSource.Derived;
import io.furnistream.replay.mapping.FieldSource.FromColumn;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingReaderTest {

  private static final String WHOLE =
      """
      key: [Invoice, "Line no"]
      encoding: windows-1252
      delimiter: tab
      zone: Europe/Berlin
      decimal: ","
      skip: [blank_rows, repeated_headers]
      fields:
        ts: {column: Date, formats: [d.M.yyyy, iso]}
        product_name: Item
        city: {column: Address, pattern: '.*, (.*)', default: Berlin}
        country: {value: Germany}
        quantity: No
        revenue: Total
        price: {from: revenue}
      """;

  @Test
  void everythingIsRead() {
    Mapping mapping = MappingReader.read("shop.yaml", WHOLE);

    assertThat(mapping.key()).containsExactly("Invoice", "Line no");
    assertThat(mapping.encoding()).hasValue("windows-1252");
    assertThat(mapping.delimiter()).hasValue('\t');
    assertThat(mapping.zone()).hasValue(ZoneId.of("Europe/Berlin"));
    assertThat(mapping.numbers()).isEqualTo(NumberStyle.COMMA);
    assertThat(mapping.skipped())
        .containsExactlyInAnyOrder(Mapping.Skipped.BLANK_ROWS, Mapping.Skipped.REPEATED_HEADERS);
    assertThat(mapping.fields())
        .containsEntry(
            "ts",
            new FromColumn("Date", Optional.empty(), Optional.empty(), List.of("d.M.yyyy", "iso")))
        .containsEntry("country", new Constant("Germany"))
        .containsEntry("price", new Derived(Derivation.PRICE_FROM_REVENUE));
    assertThat(((FromColumn) mapping.fields().get("city")).otherwise()).hasValue("Berlin");
    assertThat(mapping.columns())
        .containsExactly("Address", "Date", "Invoice", "Item", "Line no", "No", "Total");
  }

  @Test
  void whatIsNestedWithoutEndIsRefused() {
    String nested = "key: " + "[".repeat(100_000);

    assertThatThrownBy(() -> MappingReader.read("shop.yaml", nested))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("nested too deeply");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "key: [Invoice|keys: [Invoice|line 1|has no 'keys'",
        "zone: Europe/Berlin|zone: Berlin|line 4|'Berlin' is not a time zone",
        "delimiter: tab|delimiter: ab|line 3|one character or tab",
        "decimal: \",\"|decimal: x|line 5|'decimal' is '.' or ','",
        "blank_rows|empty_rows|line 6|has no 'empty_rows'",
        "country:|land:|line 11|A sale has no 'land'",
        "pattern: '.*|patern: '.*|line 10|'city' has no 'patern'",
        "(.*)|.*|line 10|has no group",
        "(.*)|((.*)|line 10|is not a pattern",
        "from: revenue|from: profit|line 14|cannot be made from 'profit'",
        "quantity: No|quantity: {}|line 12|one of these: column, value, from",
        "value: Germany|value: Germany, default: x|line 11|reads no column",
        "product_name: Item|customer_id: Item|line 8|'product_name' is missing",
        "revenue: Total|profit: Total|line 8|'price' is made from 'revenue'",
        "country: {value: Germany}|quantity: X|line 12|'quantity' is there twice",
        "d.M.yyyy|d.M.yyyy foo|line 8|not a format of times",
        "d.M.yyyy|''|line 8|a format is empty",
        "quantity: No|quantity: [No|line 13|this is not YAML",
      })
  void whatCannotBeMeantIsRefusedWithItsLine(
      String before, String after, String line, String message) {
    assertThat(WHOLE).contains(before);
    String broken = WHOLE.replace(before, after);

    assertThatThrownBy(() -> MappingReader.read("shop.yaml", broken))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith("shop.yaml, ")
        .hasMessageContaining(message)
        .hasMessageContaining(line);
  }
}
