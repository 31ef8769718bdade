package io.furnistream.verify.readings;

import static io.furnistream.verify.tables.Sales.DEC_1;
import static io.furnistream.verify.tables.Sales.DEC_2;
import static io.furnistream.verify.tables.Sales.key;
import static io.furnistream.verify.tables.Sales.sale;
import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.verify.records.Landed;
import io.furnistream.verify.records.Sold;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.Difference;
import io.furnistream.verify.tables.Figures;
import io.furnistream.verify.tables.StoreReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoreReadingsTest {

  private static final DayRange FIRST = new DayRange(DayRange.ALL.from(), DEC_1);
  private static final DayRange SECOND = new DayRange(DEC_2, DayRange.ALL.to());

  @Test
  void onlyWhatDifferedIsReadAgain() {
    try (Sold sold = new Sold()) {
      sold.put(key(DEC_1, 1), sale(DEC_1, 1, "ann", "1.0000").build());
      sold.put(key(DEC_2, 2), sale(DEC_2, 2, "ann", "1.0000").build());
      Map<LocalDate, Figures> must = sold.days();
      Landed landed = sold.prepare(DayRange.ALL);
      CountingStore agrees = new CountingStore("cassandra", must);
      CountingStore catchesUp = new CountingStore("postgres", Map.of(DEC_1, must.get(DEC_1)));
      StoreReadings readings =
          new StoreReadings(
              sold.database(),
              List.of(agrees, catchesUp),
              landed,
              List.of(FIRST, SECOND),
              new StoreReading(Figures.ZERO, new TreeMap<>(must)),
              sold.openRows());

      assertThat(readings.differences())
          .extracting(Difference::store, Difference::day)
          .containsOnly(org.assertj.core.groups.Tuple.tuple("postgres", DEC_2));
      assertThat(readings.kafka().days()).isEqualTo(must);
      catchesUp.holds = must;
      assertThat(readings.differences()).isEmpty();

      assertThat(agrees.reads).containsExactly(FIRST, SECOND);
      assertThat(catchesUp.reads).containsExactly(FIRST, SECOND, SECOND);
      assertThat(readings.latest().get("postgres").on(DEC_2)).isEqualTo(must.get(DEC_2));
    }
  }

  private static final class CountingStore implements Store {
    private final String name;
    private final List<DayRange> reads = new ArrayList<>();
    private Map<LocalDate, Figures> holds;

    CountingStore(String name, Map<LocalDate, Figures> holds) {
      this.name = name;
      this.holds = holds;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void refresh() {}

    @Override
    public StagedReading read(DayRange range, Staging staging) {
      reads.add(range);
      TreeMap<LocalDate, Figures> days = new TreeMap<>(holds);
      days.keySet().removeIf(day -> !range.contains(day));
      return new StagedReading(new StoreReading(Figures.ZERO, days), List.of());
    }

    @Override
    public void close() {}
  }
}
