package io.furnistream.verify.readings;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.verify.tables.Comparison;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.OpenDays;
import io.furnistream.verify.tables.StoreReading;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoreReadingsTest {

  @Test
  void aStoreThatAgreedIsNotReadAgain() {
    CountingStore agrees = new CountingStore("cassandra", 2);
    CountingStore catchesUp = new CountingStore("postgres", 0);
    StoreReading must = reading(2);
    StoreReadings readings =
        new StoreReadings(
            List.of(agrees, catchesUp),
            DayRange.ALL,
            OpenDays.none(),
            new Comparison(must, must, Map.of()));

    assertThat(readings.differences()).extracting(Difference::found).containsExactly("0");
    catchesUp.records = 1;
    assertThat(readings.differences()).extracting(Difference::found).containsExactly("1");
    catchesUp.records = 2;
    assertThat(readings.differences()).isEmpty();

    assertThat(agrees.reads).isEqualTo(1);
    assertThat(catchesUp.reads).isEqualTo(3);
    assertThat(readings.latest().get("postgres").on(DEC_1).records()).isEqualTo(2);
  }

  private static StoreReading reading(long records) {
    Figures figures = new Figures(records, 0L, BigDecimal.ZERO, BigDecimal.ZERO, 0L, null);
    return new StoreReading(Figures.ZERO, new TreeMap<>(Map.of(DEC_1, figures)), List.of());
  }

  private static final class CountingStore implements Store {
    private final String name;
    private long records;
    private int reads;

    CountingStore(String name, long records) {
      this.name = name;
      this.records = records;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public StoreReading read(DayRange range, OpenDays open) {
      reads++;
      return reading(records);
    }

    @Override
    public void close() {}
  }
}
