package io.furnistream.replay.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

  private static final ZoneId STORE = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "M/d/yyyy, 11/8/2016, 2016-11-08T05:00:00Z, 2016-11-08",
    "M/d/yyyy, 1/31/2016, 2016-01-31T05:00:00Z, 2016-01-31",
    "d.M.yyyy, 8.11.2016, 2016-11-08T05:00:00Z, 2016-11-08",
    "MM/dd/yy HH:mm, 04/19/19 08:46, 2019-04-19T12:46:00Z, 2019-04-19",
    "MM/dd/yy HH:mm, 4/9/19 8:46, 2019-04-09T12:46:00Z, 2019-04-09",
    "M/d/yyyy h:mm a, 4/9/2019 8:46 pm, 2019-04-10T00:46:00Z, 2019-04-09",
    "iso, 2019-04-19, 2019-04-19T04:00:00Z, 2019-04-19",
    "iso, 2019-04-19T23:30:00.5, 2019-04-20T03:30:00.500Z, 2019-04-19",
    "iso, 2019-04-19 23:30, 2019-04-20T03:30:00Z, 2019-04-19",
    "iso, 2019-04-20T02:30:00+02:00, 2019-04-20T00:30:00Z, 2019-04-19",
    "iso, 2019-04-20T00:30:00Z, 2019-04-20T00:30:00Z, 2019-04-19",
    "yyyy-MM-dd HH:mm VV, 2019-04-20 02:30 Europe/Berlin, 2019-04-20T00:30:00Z, 2019-04-19",
    "yyyy-MM-dd HH:mm z, 2019-04-19 23:30 PST, 2019-04-20T06:30:00Z, 2019-04-20",
    "yyyy-MM-dd HH:mmXXX, 2019-04-20 02:30+02:00, 2019-04-20T00:30:00Z, 2019-04-19",
    "iso, 2019-04-20 00:30:00+00, 2019-04-20T00:30:00Z, 2019-04-19",
    "iso, 2019-04-20 02:30:00.25+0200, 2019-04-20T00:30:00.250Z, 2019-04-19",
    "iso, 2019-04-20 02:30:00 +02:00, 2019-04-20T00:30:00Z, 2019-04-19",
    "excel, 42682, 2016-11-08T05:00:00Z, 2016-11-08",
    "excel, 42682.5, 2016-11-08T17:00:00Z, 2016-11-08",
    "yyyy-MM-dd'y', 2019-04-19y, 2019-04-19T04:00:00Z, 2019-04-19",
  })
  void readsATimeOfTheStoresDay(String format, String text, Instant time, LocalDate day)
      throws Exception {
    assertThat(new TimeText(List.of(format), STORE, STORE).read(text))
        .isEqualTo(new TimeText.Time(time, day));
  }

  @Test
  void theFirstFormatThatFitsCounts() throws Exception {
    TimeText times = new TimeText(List.of("M/d/yyyy", "d/M/yyyy"), STORE, STORE);

    assertThat(times.read("2/3/2020").storeDay()).isEqualTo("2020-02-03");
    assertThat(times.read("23/3/2020").storeDay()).isEqualTo("2020-03-23");
  }

  @Test
  void aTimeOfAnotherZoneIsOfTheStoresDayThen() throws Exception {
    TimeText times = new TimeText(List.of("iso"), ZoneId.of("Europe/Berlin"), STORE);

    assertThat(times.read("2020-01-02T03:00"))
        .isEqualTo(
            new TimeText.Time(Instant.parse("2020-01-02T02:00:00Z"), LocalDate.of(2020, 1, 1)));
    assertThat(times.read("2020-01-02").storeDay()).as("a date is a day").isEqualTo("2020-01-02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "11/8/16x", "2/30/2016", "13/8/2016", "8.11.2016", "2016-11-08"})
  void whatDoesNotFitIsRefused(String text) {
    TimeText times = new TimeText(List.of("M/d/yyyy"), STORE, STORE);

    assertThatThrownBy(() -> times.read(text))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("M/d/yyyy");
  }

  @Test
  @Timeout(10)
  void aMillionDigitsAreNoDayOfExcel() {
    TimeText times = new TimeText(List.of("excel"), STORE, STORE);

    assertThatThrownBy(() -> times.read("4".repeat(1_000_000)))
        .isInstanceOf(UnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "60", "2958466", "1e9", "x", "-5", "1e999999999"})
  void excelHasNoSuchDay(String text) {
    TimeText times = new TimeText(List.of("excel"), STORE, STORE);

    assertThatThrownBy(() -> times.read(text)).isInstanceOf(UnreadableException.class);
  }
}
