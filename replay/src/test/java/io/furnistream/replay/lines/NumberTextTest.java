package io.furnistream.replay.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.replay.mapping.NumberStyle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  private final NumberText point = new NumberText(NumberStyle.POINT);
  private final NumberText comma = new NumberText(NumberStyle.COMMA);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "007|7",
        "1234.5|1234.5",
        "1,234.50|1234.50",
        "1,234,567|1234567",
        ".5|0.5",
        "5.|5",
        "$1,234.50|1234.50",
        "1,234.50 €|1234.50",
        "USD 12|12",
        "-$5.25|-5.25",
        "(12.00)|-12.00",
        "($12.00)|-12.00",
        "12-|-12",
        "\u221212|-12",
        "+3|3",
        "1.0E3|1000",
        "2.5e-2|0.025",
        "15%|0.15",
        "1 234.5|1234.5",
        "1\u00A0234.5|1234.5",
        "1'234.50|1234.50",
      })
  void aPointBeforeTheFraction(String text, String number) throws Exception {
    assertThat(point.read(text)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234,5|1234.5",
        "1.234,50|1234.50",
        "1.234.567|1234567",
        "-0,5|-0.5",
        "1.234,50 €|1234.50",
      })
  void aCommaBeforeTheFraction(String text, String number) throws Exception {
    assertThat(comma.read(text)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1,5",
        "12,34",
        "1,2345",
        "1.2.3",
        "--1",
        "(-5)",
        "-5-",
        "(5-)",
        "1e999999999",
        "NaN",
        "Infinity",
        "0x10",
        "1 2 x",
        "$",
        "()",
        "%",
        "1,234,56.7"
      })
  void whatIsNotANumberOrCouldBeTwoIsRefused(String text) {
    assertThatThrownBy(() -> point.read(text)).isInstanceOf(UnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1,234.50", "12.34"})
  void aPointIsNotGuessedToBeAFractionWhereACommaIs(String text) {
    assertThatThrownBy(() -> comma.read(text)).isInstanceOf(UnreadableException.class);
  }
}
