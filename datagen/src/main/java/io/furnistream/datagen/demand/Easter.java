package io.furnistream.datagen.demand;

import java.time.LocalDate;

/** The date of Easter Sunday in the Western churches. */
final class Easter {

  private Easter() {}

  /**
   * Easter Sunday of a year of the Gregorian calendar, by the anonymous algorithm that Nature
   * published in 1876 and Meeus, Jones and Butcher reprinted.
   */
  static LocalDate in(int year) {
    int moonYear = year % 19;
    int century = year / 100;
    int ofCentury = year % 100;
    int correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * moonYear + century - century / 4 - correction + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
    int late = (moonYear + 11 * epact + 22 * weekday) / 451;
    int days = epact + weekday - 7 * late + 114;
    return LocalDate.of(year, days / 31, days % 31 + 1);
  }
}
