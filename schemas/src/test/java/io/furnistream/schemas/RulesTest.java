package io.furnistream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules on which every part must agree: ids, partitions, checksums, money. */
class RulesTest {

  /** Hashed with {@code printf '\0\0\0\3gen\0\0\0\n2023-12-01\0\0\0\0010' | sha256sum}. */
  @Test
  void anIdIsTheHashOfItsPartsWithTheirLengths() {
    assertThat(RecordId.of("gen", "2023-12-01", "0").text())
        .isEqualTo("911b18d9-68b3-c413-ea64-6f06245a27c5");
    assertThat(RecordId.of("ab", "c")).isNotEqualTo(RecordId.of("a", "bc"));
  }

  @Test
  void theBucketIsTheLastHexadecimalDigit() {
    assertThat(RecordId.parse("00000000-0000-0000-0000-00000000000b").bucket()).isEqualTo(11);
    assertThat(RecordId.parse("ffffffff-ffff-ffff-ffff-fffffffffff0").bucket()).isZero();
  }

  /**
   * As the README describes it to other producers; the numbers are from Kafka's own partitioner.
   */
  @ParameterizedTest
  @CsvSource({
    "911b18d9-68b3-c413-ea64-6f06245a27c5, 1",
    "00000000-0000-0000-0000-00000000000b, 0",
    "ffffffff-ffff-ffff-ffff-fffffffffff0, 2"
  })
  void thePartitionIsThatOfTheIdsText(String id, int partition) {
    assertThat(RecordId.parse(id).partition(6)).isEqualTo(partition);
  }

  @Test
  void recordsSpreadOverAllBucketsOfAllPartitions() {
    int[][] counts = new int[6][16];
    int records = 96_000;
    for (int n = 0; n < records; n++) {
      RecordId id = RecordId.of("spread", Integer.toString(n));
      counts[id.partition(6)][id.bucket()]++;
    }
    for (int[] partition : counts) {
      for (int count : partition) {
        // 1,000 expected; a binomial count stays within five standard deviations of about 32.
        assertThat(count).isBetween(840, 1160);
      }
    }
  }

  @Test
  void aChecksumIsASumOfUnsigned128BitNumbers() {
    Random random = new Random(11);
    List<UUID> ids = new ArrayList<>();
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < 1000; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      ids.add(id);
      sum = sum.add(new BigInteger(id.toString().replace("-", ""), 16));
    }
    Collections.shuffle(ids, random);
    IdChecksum first = IdChecksum.ZERO;
    IdChecksum second = IdChecksum.ZERO;
    for (UUID id : ids.subList(0, 400)) {
      first = first.add(id);
    }
    for (UUID id : ids.subList(400, 1000)) {
      second = second.add(id);
    }

    String expected = String.format("%032x", sum.mod(BigInteger.ONE.shiftLeft(128)));
    assertThat(first.add(second)).hasToString(expected);
    assertThat(IdChecksum.parse(expected)).hasToString(expected);
    assertThat(first.add(ids.get(0))).isNotEqualTo(first);
    assertThatThrownBy(() -> IdChecksum.parse("abc")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    // price, quantity, discount, unit cost, revenue, profit: by hand
    "100.0000, 3, 0.1500, 60.0000, 255.0000, 75.0000",
    "0.3333, 1, 0.5000, 0.1000, 0.1667, 0.0667",
    "19.9900, -2, 0.0000, 8.0000, -39.9800, -23.9800",
    "12.3400, 7, 1.0000, 1.0000, 0.0000, -7.0000"
  })
  void moneyIsRoundedHalfUpToFourDecimals(
      BigDecimal price,
      long quantity,
      BigDecimal discount,
      BigDecimal unitCost,
      BigDecimal revenue,
      BigDecimal profit) {
    assertThat(Money.revenue(price, quantity, discount)).isEqualTo(revenue);
    assertThat(Money.profit(revenue, unitCost, quantity)).isEqualTo(profit);
  }

  @Test
  void aDayAddsUp() {
    DayFigures day = new DayFigures();
    day.add(new UUID(0, 1), "a", 2, new BigDecimal("10.0000"), new BigDecimal("1.5000"));
    day.add(new UUID(0, 2), "b", 3, new BigDecimal("0.0001"), null);
    day.add(new UUID(0, 5), "a", -1, new BigDecimal("-4.0000"), new BigDecimal("-2.0000"));

    assertThat(day.records()).isEqualTo(3);
    assertThat(day.quantity()).isEqualTo(4);
    assertThat(day.revenue()).isEqualTo(new BigDecimal("6.0001"));
    assertThat(day.profit()).isEqualTo(new BigDecimal("-0.5000"));
    assertThat(day.customers()).isEqualTo(2);
    assertThat(day.idChecksum()).hasToString("00000000000000000000000000000008");
  }
}
