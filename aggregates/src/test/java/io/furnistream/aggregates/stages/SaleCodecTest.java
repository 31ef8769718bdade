package io.furnistream.aggregates.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.furnistream.aggregates.tables.Sale;
import io.furnistream.aggregates.tables.Sale.Place;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The form in which a sale outlives the program that remembered it. */
class SaleCodecTest {

  private static final Sale SALE =
      new Sale(
          1, 64, "o", "c", "D", "", "Å", new Place(-1, 2), "W", "F", "S", "I", "P", -2, 63, -64);

  @Test
  void aSaleIsWrittenByteForByteAsItAlwaysWas() {
    // version; day (sign flipped); texts led by zigzag-free lengths; place; numbers in zigzag.
    assertThat(HexFormat.of().formatHex(SaleCodec.encode(SALE)))
        .isEqualTo(
            "%02x".formatted(SaleCodec.VERSION)
                + "80000001"
                + "8001"
                + "016f"
                + "0163"
                + "0144"
                + "00"
                + "02c385"
                + "01"
                + "7fffffff"
                + "80000002"
                + "0157"
                + "0146"
                + "0153"
                + "0149"
                + "0150"
                + "03"
                + "7e"
                + "7f");
  }

  @Test
  void aSaleIsReadAsItWasWritten() {
    Sale unlocated =
        new Sale(
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            "ö".repeat(200),
            "",
            "\u0000",
            "𝔸",
            "\uFFFD",
            null,
            "",
            "",
            "",
            "",
            "",
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    assertThat(SaleCodec.decode(SaleCodec.encode(unlocated))).isEqualTo(unlocated);
    assertThat(SaleCodec.decode(SaleCodec.encode(SALE))).isEqualTo(SALE);
  }

  @Test
  void aFormOfAnotherVersionIsRefused() {
    byte[] bytes = SaleCodec.encode(SALE);
    bytes[0] = 9;
    assertThatThrownBy(() -> SaleCodec.decode(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("form 9")
        .hasMessageContaining("application id");
  }
}
