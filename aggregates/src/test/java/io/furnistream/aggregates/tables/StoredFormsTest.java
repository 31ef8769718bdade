package io.furnistream.aggregates.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which state outlives the program that wrote it. */
class StoredFormsTest {

  private static final Sale SALE =
      new Sale(1, 64, "o", "c", "D", "", "Å", null, "W", "F", "S", "I", "P", -2, 63, -64);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersOfEverySize(long number) {
    assertThat(new ByteReader(new ByteWriter().number(number).toByteArray()).number())
        .isEqualTo(number);
  }

  @Test
  void textsDoNotRunIntoEachOther() {
    byte[] left = new ByteWriter().text("a").text("ab").toByteArray();
    byte[] right = new ByteWriter().text("aa").text("b").toByteArray();
    assertThat(left).isNotEqualTo(right);
  }

  @Test
  void labelsAreInTheOrderOfCodePoints() {
    List<String> sorted = List.of("", "A", "AA", "B", "a", "Å", "\uFFFD", "𝔸");
    List<byte[]> labels = new ArrayList<>();
    sorted.forEach(text -> labels.add(Labels.encode(List.of(text, "x"))));
    for (int left = 0; left < labels.size(); left++) {
      for (int right = left; right < labels.size(); right++) {
        assertThat(Integer.signum(Arrays.compareUnsigned(labels.get(left), labels.get(right))))
            .isEqualTo(Integer.compare(left, right));
      }
    }
  }

  @Test
  void laterTextsOfALabelDecideWhereTheFirstAreEqual() {
    byte[] left = Labels.encode(List.of("Aarhus", "B", "C"));
    byte[] right = Labels.encode(List.of("Aarhus", "B", "D"));
    assertThat(Arrays.compareUnsigned(left, right)).isNegative();
    assertThat(Labels.decode(left)).containsExactly("Aarhus", "B", "C");
  }

  @Test
  void codesOfAggregatesAreNeverChanged() {
    assertThat(AggregateSet.ALL)
        .extracting(aggregate -> aggregate.topic() + " " + aggregate.code())
        .contains(
            "DAILY_PU_REV 1",
            "DAILY_CATEGORY_PRODUCT 2",
            "DAILY_ADDRESS 3",
            "DAILY_PLATFORM_PRODUCT 4",
            "SALES_BY_MINUTE 5",
            "DAILY_STATE 6",
            "DAILY_CUSTOMER 7",
            "LIVE_KPIS 8");
  }

  @Test
  void twoAggregatesCannotShareACode() {
    assertThatThrownBy(
            () -> new AggregateSet(List.of(new DailyPuRevAggregate(), new DailyPuRevAggregate())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowsPartitionDependsOnlyOnItsFields() {
    byte[] key = AggregateSet.groupKey(new DailyPuRevAggregate(), SALE);
    assertThat(HexFormat.of().formatHex(key)).isEqualTo("0180000001");
    // murmur2 of these five bytes, by Kafka's own partitioner for byte keys.
    assertThat(AggregateSet.ALL.rowKey(key, (topic, avro) -> new byte[0]).partition(3))
        .isEqualTo(
            org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(key, 3));
  }
}
