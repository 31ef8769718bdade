package io.furnistream.verify.tables;

import java.util.function.Consumer;

/** Where the rows of a range of days are read from by SQL. */
public interface DayRows {

  /**
   * Takes each row of a range of days.
   *
   * @param sql a SELECT whose two parameters are the first and the last day
   * @throws io.furnistream.cli.CannotRunException when the store does not answer
   */
  void forEachRow(String sql, DayRange range, Consumer<StoredRow> reader);
}
