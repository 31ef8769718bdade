package io.furnistream.transforms.dates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("JavaUtilDate") // the class that Connect uses for its logical types
class CalendarDayTest {

  /** Clocks there went back over midnight, at one minute past it, or left a whole day out. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Kathmandu",
  })
  void everyInstantOfTwentyYearsLiesOnTheDayThatJavaSays(String zone) {
    CalendarDay calendar = new CalendarDay(java.time.ZoneId.of(zone), UnixPrecision.MILLISECONDS);
    long quarter = 15 * 60 * 1000L;
    for (long millis = 946_684_800_000L; millis < 1_577_836_800_000L; millis += quarter) {
      for (long instant : new long[] {millis, millis + 61_000}) {
        assertThat(calendar.of(new java.util.Date(instant)).toEpochDay())
            .isEqualTo(
                java.time.LocalDate.ofInstant(
                        java.time.Instant.ofEpochMilli(instant), java.time.ZoneId.of(zone))
                    .toEpochDay());
      }
    }
    for (long far : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}) {
      assertThat(calendar.of(new java.util.Date(far)))
          .isEqualTo(
              java.time.LocalDate.ofInstant(
                  java.time.Instant.ofEpochMilli(far), java.time.ZoneId.of(zone)));
    }
  }
}
