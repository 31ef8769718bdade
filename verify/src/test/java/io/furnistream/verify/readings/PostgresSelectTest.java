package io.furnistream.verify.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.schemas.Topic;
import io.furnistream.verify.tables.TableLayout;
import org.junit.jupiter.api.Test;

class PostgresSelectTest {

  @Test
  void aTableIsReadByTheStoresDay() {
    TableLayout days = TableLayout.of(Topic.LIVE_KPIS);

    assertThat(PostgresSelect.rows(days))
        .isEqualTo(
            "SELECT ts_date, records, customers, products, orders, revenue, average_order"
                + " FROM daily_report.live_kpis WHERE ts_date BETWEEN ? AND ?");
  }

  @Test
  void aTableOfInstantsIsReadByTheDayOfUtc() {
    TableLayout minutes = TableLayout.of(Topic.SALES_BY_MINUTE);
    String from =
        " FROM daily_report.sales_by_minute"
            + " WHERE minute >= (?::date)::timestamp AT TIME ZONE 'UTC'"
            + " AND minute < ((?::date) + 1)::timestamp AT TIME ZONE 'UTC'";

    assertThat(PostgresSelect.rows(minutes))
        .isEqualTo("SELECT minute, category, platform, orders, quantity, revenue, profit" + from);
  }
}
