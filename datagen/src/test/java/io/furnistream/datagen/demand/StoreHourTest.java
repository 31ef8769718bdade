package io.furnistream.datagen.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreHourTest {

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2023-12-01, 24, 0 1 2 3 4, 86400000",
    "America/New_York, 2023-03-12, 23, 0 1 3 4 5, 82800000",
    "America/New_York, 2023-11-05, 25, 0 1 1 2 3, 90000000",
    // Here the clock changes at midnight: a day that begins at one, and one that ends twice.
    "America/Sao_Paulo, 2018-11-04, 23, 1 2 3 4 5, 82800000",
    "America/Sao_Paulo, 2018-02-17, 25, 0 1 2 3 4, 90000000",
    // Half an hour.
    "Australia/Lord_Howe, 2023-04-02, 25, 0 1 1 2 3, 88200000"
  })
  void aDayHasTheHoursThatPass(String zone, String day, int count, String firstHours, long millis) {
    List<StoreHour> hours = StoreHour.of(LocalDate.parse(day), ZoneId.of(zone));
    assertThat(hours).hasSize(count);
    assertThat(hours.stream().limit(5).map(each -> Integer.toString(each.hour())))
        .containsExactly(firstHours.split(" ", -1));
    assertThat(hours.stream().mapToLong(StoreHour::millis).sum()).isEqualTo(millis);
    for (int i = 1; i < hours.size(); i++) {
      StoreHour before = hours.get(i - 1);
      assertThat(hours.get(i).start()).isEqualTo(before.start().plusMillis(before.millis()));
    }
  }
}
