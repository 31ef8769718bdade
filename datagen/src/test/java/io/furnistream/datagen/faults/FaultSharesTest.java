package io.furnistream.datagen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.cli.PercentConverter;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultSharesTest {

  @ParameterizedTest
  @CsvSource({
    "1%, 0.01, --late 1%",
    "01.00%, 0.01, --late 1%",
    "0.5%, 0.005, --late 0.5%",
    "0.0001%, 0.000001, --late 0.0001%",
    "50%, 0.5, --late 50%",
    "10%, 0.1, --late 10%",
    "0%, 0, ''",
    "0.00%, 0, ''"
  })
  void aShareHasOneSpelling(String written, BigDecimal share, String arguments) {
    BigDecimal late = new PercentConverter().convert(written);

    assertThat(late).isEqualTo(share);
    FaultShares shares =
        new FaultShares(late, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, false);
    assertThat(shares.arguments()).isEqualTo(arguments);
    assertThat(shares.isNone()).isEqualTo(arguments.isEmpty());
  }

  @Test
  void allOfThemAreArgumentsOfTheDataset() {
    assertThat(
            new FaultShares(
                    new BigDecimal("0.01"),
                    new BigDecimal("0.02"),
                    new BigDecimal("0.03"),
                    new BigDecimal("0.04"),
                    true)
                .arguments())
        .isEqualTo("--late 1% --duplicates 2% --corrections 3% --poison 4% --drift");
    assertThat(FaultShares.NONE.isNone()).isTrue();
  }
}
