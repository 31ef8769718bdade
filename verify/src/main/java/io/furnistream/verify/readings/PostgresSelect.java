package io.furnistream.verify.readings;

import io.furnistream.schemas.StoreKind;
import io.furnistream.verify.tables.TableLayout;

/**
 * The statements that read a table of PostgreSQL. The two parameters of each are the first and the
 * last day.
 */
final class PostgresSelect {

  private PostgresSelect() {}

  /** The rows of a range of days. */
  static String rows(TableLayout layout) {
    return "SELECT " + layout.selected() + from(layout);
  }

  private static String from(TableLayout layout) {
    String day = layout.dayColumn();
    // An instant is compared with instants, so that the index of the key is used.
    String within =
        layout.isByUtcDay()
            ? day
                + " >= (?::date)::timestamp AT TIME ZONE 'UTC' AND "
                + day
                + " < ((?::date) + 1)::timestamp AT TIME ZONE 'UTC'"
            : day + " BETWEEN ? AND ?";
    return " FROM " + layout.in(StoreKind.POSTGRES) + " WHERE " + within;
  }
}
