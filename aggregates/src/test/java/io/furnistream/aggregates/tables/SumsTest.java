package io.furnistream.aggregates.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of 128 bits, compared with Java's own big numbers. */
class SumsTest {

  private static final long LARGEST = 999_999_999_999_999_999L;

  @Test
  void addUpAndTakeBackAsBigNumbersDo() {
    Random random = new Random(11);
    BigInteger expected = BigInteger.ZERO;
    Sums sums = Sums.ofSize(3);
    for (int step = 0; step < 20_000; step++) {
      long amount = random.nextLong() >> random.nextInt(64);
      if (random.nextBoolean()) {
        sums.add(1, amount);
        expected = expected.add(BigInteger.valueOf(amount));
      } else {
        // Others grow too: doubling reaches 100 bits.
        Sums others = Sums.ofSize(3);
        others.add(1, amount);
        for (int doubled = random.nextInt(40); doubled > 0; doubled--) {
          others.add(others);
        }
        if (random.nextBoolean()) {
          sums.add(others);
          expected = expected.add(others.number(1));
        } else {
          sums.subtract(others);
          expected = expected.subtract(others.number(1));
        }
      }
      assertThat(sums.number(1)).isEqualTo(expected);
      ByteWriter writer = new ByteWriter();
      sums.write(writer);
      assertThat(Sums.read(new ByteReader(writer.toByteArray())).number(1)).isEqualTo(expected);
    }
    assertThat(expected.bitLength()).isGreaterThan(90);
    assertThat(sums.number(0)).isZero();
    assertThat(sums.count(2)).isZero();
  }

  @Test
  void aDayOfAThousandMillionOfTheLargestAmountsHasRoom() {
    for (int sign : new int[] {1, -1}) {
      Sums sums = Sums.ofSize(1);
      sums.add(0, sign * LARGEST);
      Sums thousandMillion = Sums.ofSize(1);
      for (int bit = 29; bit >= 0; bit--) {
        thousandMillion.add(thousandMillion);
        if ((1_000_000_000 >> bit & 1) == 1) {
          thousandMillion.add(sums);
        }
      }
      assertThat(thousandMillion.number(0))
          .isEqualTo(new BigInteger("999999999999999999000000000").multiply(big(sign)));
      assertThatThrownBy(() -> thousandMillion.count(0)).isInstanceOf(ArithmeticException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void whatFitsSixtyFourBitsIsWrittenAsThose(long number) {
    Sums sums = Sums.ofSize(1);
    sums.add(0, number);
    ByteWriter writer = new ByteWriter();
    sums.write(writer);
    assertThat(writer.toByteArray())
        .isEqualTo(new ByteWriter().octet(1).number(number).toByteArray());
    assertThat(sums.count(0)).isEqualTo(number);
  }

  @Test
  void theEndsOfItsRangeAreWrittenAndRead() {
    for (int bits = 1; bits < 128; bits++) {
      for (BigInteger end :
          new BigInteger[] {big(1).shiftLeft(bits - 1), big(-1).shiftLeft(bits)}) {
        ByteWriter writer = new ByteWriter().octet(1);
        writer.number(end.longValue(), end.shiftRight(64).longValue());
        assertThat(writer.size()).isLessThanOrEqualTo(20);
        assertThat(Sums.read(new ByteReader(writer.toByteArray())).number(0)).isEqualTo(end);
      }
    }
  }

  private static BigInteger big(long number) {
    return BigInteger.valueOf(number);
  }
}
