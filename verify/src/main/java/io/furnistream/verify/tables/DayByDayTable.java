package io.furnistream.verify.tables;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A table that is never in memory as a whole: each day's rows are worked out, or read, when they
 * are asked for. One of a million rows then takes the memory of its largest day.
 */
public final class DayByDayTable extends Table {

  private final Set<LocalDate> days;
  private final Function<LocalDate, Map<List<String>, List<Object>>> rows;

  /**
   * A table of these days.
   *
   * @param columns those of its columns that are compared
   * @param rows gives the rows of a day, by key, each as often as it is asked
   */
  public DayByDayTable(
      String name,
      List<String> columns,
      Set<LocalDate> days,
      Function<LocalDate, Map<List<String>, List<Object>>> rows) {
    super(name, columns.toArray(String[]::new));
    this.days = Set.copyOf(days);
    this.rows = rows;
  }

  @Override
  public void put(LocalDate day, List<String> key, Object... values) {
    throw new UnsupportedOperationException("The rows of " + name() + " come from elsewhere");
  }

  @Override
  public Set<LocalDate> days() {
    return days;
  }

  @Override
  public Map<List<String>, List<Object>> rows(LocalDate day) {
    return rows.apply(day);
  }
}
