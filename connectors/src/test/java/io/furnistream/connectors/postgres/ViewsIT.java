package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The views as report_reader sees them, over rows that sink_writer wrote, summed by hand. */
class ViewsIT {

  private static final int PORT_OFFSET = 17_000;

  private static ReportDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = new ReportDatabase(PORT_OFFSET);
    database.execute(
        "sink_writer",
        """
        INSERT INTO daily_report.daily_pu_rev
          (ts_date, daily_records, daily_pu, daily_orders, daily_quantity, daily_rev, daily_profit)
        VALUES ('2023-11-30', 3, 2, 2, 5, 10.0001, -1.5000),
               ('2023-12-01', 4, 3, 3, 7, 20.0002, 2.0000),
               ('2023-12-31', 1, 1, 1, 1, 0.3333, 0.1111),
               ('2024-01-01', 2, 2, 2, 2, 99999999999999.9999, 5.0000)""",
        """
        INSERT INTO daily_report.daily_category_product
          (ts_date, category, sub_category, product_name, daily_quantity, daily_rev, daily_profit)
        VALUES ('2023-11-30', 'Furniture', 'Chairs', 'armchair', 1, 500.0000, 50.0000),
               ('2023-12-01', 'Furniture', 'Chairs', 'armchair', 2, 1000.0000, -20.0000),
               ('2023-12-01', 'Furniture', 'Chairs', 'Zebra stool', 3, 1500.0000, 10.0000),
               ('2023-12-31', 'Furniture', 'Beds', 'Divan', 1, 1500.0000, 0.0000)""",
        """
        INSERT INTO daily_report.daily_category_product
          (ts_date, category, sub_category, product_name, daily_quantity, daily_rev, daily_profit)
        SELECT '2024-02-29', 'Office Supplies', 'Paper', 'Paper ' || n, 1, n, 0
          FROM generate_series(1, 150) AS n""");
  }

  @AfterAll
  static void stop() throws Exception {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void monthsAddUpTheirDays() throws SQLException {
    assertThat(
            rows(
                "SELECT month, days, records, orders, quantity, revenue, profit"
                    + " FROM daily_report.monthly_sales ORDER BY month"))
        .containsExactly(
            "2023-11-01|1|3|2|5|10.0001|-1.5000",
            "2023-12-01|2|5|4|8|20.3335|2.1111",
            "2024-01-01|1|2|2|2|99999999999999.9999|5.0000");
  }

  @Test
  void yearsAddUpTheirDays() throws SQLException {
    assertThat(
            rows(
                "SELECT year, days, records, orders, quantity, revenue, profit"
                    + " FROM daily_report.yearly_sales ORDER BY year"))
        .containsExactly(
            "2023-01-01|3|8|6|13|30.3336|0.6111", "2024-01-01|1|2|2|2|99999999999999.9999|5.0000");
  }

  @Test
  void productsRankByRevenueAndThenByTheirNames() throws SQLException {
    assertThat(
            rows(
                "SELECT rank, category, sub_category, product_name, quantity, revenue, profit"
                    + " FROM daily_report.top_products WHERE rank <= 4 ORDER BY rank"))
        .containsExactly(
            "1|Furniture|Beds|Divan|1|1500.0000|0.0000",
            "2|Furniture|Chairs|Zebra stool|3|1500.0000|10.0000",
            "3|Furniture|Chairs|armchair|3|1500.0000|30.0000",
            "4|Office Supplies|Paper|Paper 150|1|150.0000|0.0000");
    assertThat(rows("SELECT rank, product_name FROM daily_report.top_products ORDER BY rank"))
        .hasSize(100)
        .last()
        .isEqualTo("100|Paper 54");
  }

  @Test
  void productsAreRankedInEachMonth() throws SQLException {
    assertThat(
            rows(
                "SELECT month, rank, product_name, quantity, revenue, profit"
                    + " FROM daily_report.top_products_by_month WHERE rank <= 3"
                    + " ORDER BY month, rank"))
        .containsExactly(
            "2023-11-01|1|armchair|1|500.0000|50.0000",
            "2023-12-01|1|Divan|1|1500.0000|0.0000",
            "2023-12-01|2|Zebra stool|3|1500.0000|10.0000",
            "2023-12-01|3|armchair|2|1000.0000|-20.0000",
            "2024-02-01|1|Paper 150|1|150.0000|0.0000",
            "2024-02-01|2|Paper 149|1|149.0000|0.0000",
            "2024-02-01|3|Paper 148|1|148.0000|0.0000");
    assertThat(
            rows(
                "SELECT rank, product_name FROM daily_report.top_products_by_month"
                    + " WHERE month = DATE '2024-02-01' ORDER BY rank"))
        .hasSize(100)
        .last()
        .isEqualTo("100|Paper 51");
  }

  @Test
  void todayIsTheDayOfTheStoresZone() throws SQLException {
    ZoneId zone = aZoneWhereItIsAboutNoon();
    LocalDate today = LocalDate.now(zone);
    Instant start = today.atStartOfDay(zone).toInstant();
    Instant end = today.plusDays(1).atStartOfDay(zone).toInstant();
    minute(start.minusSeconds(60), "Furniture", "Store", 1, "1000.0000", "100.0000");
    minute(start, "Furniture", "Store", 2, "20.0001", "-3.0000");
    minute(end.minusSeconds(60), "Furniture", "Store", 3, "30.0002", "1.0000");
    minute(start.plusSeconds(60), "Furniture", "Phone", 4, "40.0000", "4.0000");
    minute(start.plusSeconds(60), "Technology", "Store", 5, "50.0000", "5.0000");
    minute(end, "Furniture", "Store", 1, "2000.0000", "200.0000");

    setZone(zone.getId());
    try {
      assertThat(
              rows(
                  "SELECT ts_date, platform, category, quantity, revenue, profit"
                      + " FROM daily_report.sales_and_profit_today ORDER BY platform, category"))
          .containsExactly(
              today + "|Phone|Furniture|4|40.0000|4.0000",
              today + "|Store|Furniture|5|50.0003|-2.0000",
              today + "|Store|Technology|5|50.0000|5.0000");
    } finally {
      setZone("America/New_York");
    }
  }

  @Test
  void theLiveDayIsTheLatestWithSalesThatIsNotAfterToday() throws SQLException {
    ZoneId zone = aZoneWhereItIsAboutNoon();
    LocalDate today = LocalDate.now(zone);
    setZone(zone.getId());
    try {
      assertThat(rows("SELECT ts_date IS NULL, today FROM daily_report.live_day"))
          .containsExactly("t|" + today);
      assertThat(rows("SELECT * FROM daily_report.live_minutes")).isEmpty();

      live(LocalDate.of(2016, 2, 29));
      live(today.plusDays(1));
      Instant start = LocalDate.of(2016, 2, 29).atStartOfDay(zone).toInstant();
      minute(start.minusSeconds(60), "Furniture", "Store", 1, "1.0000", "1.0000");
      minute(start, "Technology", "Phone", 2, "20.0001", "-3.0000");
      minute(start.plusSeconds(86_340), "Furniture", "Store", 3, "30.0000", "3.0000");
      minute(start.plusSeconds(86_400), "Furniture", "Store", 1, "4.0000", "4.0000");
      assertThat(rows("SELECT ts_date, today FROM daily_report.live_day"))
          .containsExactly("2016-02-29|" + today);
      assertThat(
              rows(
                  "SELECT minute, category, platform, orders, quantity, revenue, profit"
                      + " FROM daily_report.live_minutes ORDER BY minute"))
          .containsExactly(
              "2016-02-29 00:00:00|Technology|Phone|1|2|20.0001|-3.0000",
              "2016-02-29 23:59:00|Furniture|Store|1|3|30.0000|3.0000");

      live(today);
      assertThat(rows("SELECT ts_date FROM daily_report.live_day"))
          .containsExactly(today.toString());
    } finally {
      setZone("America/New_York");
      database.execute("sink_writer", "DELETE FROM daily_report.live_kpis");
    }
  }

  @Test
  void theLedgerIsHeldAgainstTheDays() throws SQLException {
    String balance =
        "SELECT produced, landed, difference, running, freshest FROM daily_report.ledger_balance";
    // The days of start() have 3 + 4 + 1 + 2 records.
    assertThat(rows(balance)).containsExactly("0|10|10|0|null");
    assertThat(
            rows("SELECT now() - asked_at < interval '1 minute' FROM daily_report.ledger_balance"))
        .containsExactly("t");

    database.execute(
        "sink_writer",
        """
        INSERT INTO daily_report.run_ledger
          (dataset, ts_date, status, run_id, producer, arguments, started_at, records)
        VALUES ('a', '2023-11-30', 'COMPLETE', 'r', 'p', 'x', '2023-12-02Z', 3),
               ('a', '2023-12-01', 'COMPLETE', 'r', 'p', 'x', '2023-12-02Z', 1),
               ('b', '2023-12-01', 'COMPLETE', 'r', 'p', 'x', '2023-12-02Z', 4),
               ('b', '2023-12-31', 'STARTED', 'r', 'p', 'x', '2023-12-02Z', NULL)""",
        """
        INSERT INTO daily_report.recent_records
        VALUES (1, 'i', '2023-12-31 23:00:00.007Z', '2023-12-31', 'o', 'c', 'US', 'S', 'C', 'Store',
                'Furniture', 'Chairs', 'p', 'n', 1, 1, 1),
               (2, 'j', '2024-01-01 05:00:00Z', '2023-12-31', 'o', 'c', 'US', 'S', 'C', 'Store',
                'Furniture', 'Chairs', 'p', 'n', 1, 1, 1)""");
    try {
      assertThat(
              rows(
                  "SELECT produced, landed, difference, running, freshest = '2023-12-31 23:00:00.007Z'"
                      + " FROM daily_report.ledger_balance"))
          .containsExactly("8|10|2|1|t");
    } finally {
      database.execute(
          "sink_writer",
          "DELETE FROM daily_report.run_ledger",
          "DELETE FROM daily_report.recent_records");
    }
  }

  @Test
  void theLastProofSaysWhatHasComeSince() throws SQLException {
    String last =
        "SELECT scope, proved_at = %s, verdict, days, records_since FROM daily_report.last_proof";
    assertThat(rows("SELECT proved_at, verdict, records_since FROM daily_report.last_proof"))
        .as("never verified")
        .containsExactly("null|null|null");
    try {
      prove("all", "2024-01-02 10:00:00Z", "PROVED", null, null, 9);
      // The days of start() have 3 + 4 + 1 + 2 records.
      assertThat(rows(last.formatted("'2024-01-02 10:00:00Z'")))
          .containsExactly("all|t|PROVED|4|1");

      prove(
          "2023-12-01/2023-12-31",
          "2024-01-02 11:00:00.007Z",
          "PROVED",
          "2023-12-01",
          "2023-12-31",
          6);
      assertThat(rows(last.formatted("'2024-01-02 11:00:00.007Z'")))
          .as("of these days alone, and records may be taken back")
          .containsExactly("2023-12-01/2023-12-31|t|PROVED|4|-1");

      prove("2023-12-02/..", "2024-01-02 12:00:00Z", "PROVED", "2023-12-02", null, 0);
      assertThat(rows(last.formatted("'2024-01-02 12:00:00Z'")))
          .containsExactly("2023-12-02/..|t|PROVED|4|3");
      prove("../2023-12-01", "2024-01-02 13:00:00Z", "PROVED", null, "2023-12-01", 0);
      assertThat(rows(last.formatted("'2024-01-02 13:00:00Z'")))
          .containsExactly("../2023-12-01|t|PROVED|4|7");

      prove(
          "2025-01-01/2025-01-01",
          "2024-01-02 14:00:00Z",
          "NOT_PROVED",
          "2025-01-01",
          "2025-01-01",
          0);
      assertThat(rows(last.formatted("'2024-01-02 14:00:00Z'")))
          .as("it does not say how much there was")
          .containsExactly("2025-01-01/2025-01-01|t|NOT_PROVED|4|null");
    } finally {
      database.execute("sink_writer", "DELETE FROM daily_report.proofs");
    }
  }

  @Test
  void aDayOfTheStoreHasTwentyFiveHoursWhenClocksGoBack() throws SQLException {
    assertThat(rows("SELECT zone FROM daily_report.store")).containsExactly("America/New_York");
    assertThat(
            rows(
                "SELECT extract(epoch FROM daily_report.store_day_start(DATE '2023-11-05'))::bigint,"
                    + " extract(epoch FROM daily_report.store_day_start(DATE '2023-11-06'))::bigint"))
        .containsExactly(
            Instant.parse("2023-11-05T04:00:00Z").getEpochSecond()
                + "|"
                + Instant.parse("2023-11-06T05:00:00Z").getEpochSecond());
  }

  @Test
  void theLiveMinutesOfSuchADayAreAllThereByTheClockInTheStore() throws SQLException {
    for (String minute :
        List.of(
            "2023-03-12T05:00:00Z",
            "2023-03-12T06:59:00Z",
            "2023-03-12T07:00:00Z",
            "2023-03-13T03:59:00Z")) {
      minute(Instant.parse(minute), "Furniture", "Store", 1, "1.0000", "1.0000");
    }
    minute(Instant.parse("2023-03-13T04:00:00Z"), "Furniture", "Store", 1, "100.0000", "1.0000");
    // 01:30 twice, an hour apart.
    for (String minute :
        List.of(
            "2023-11-05T04:00:00Z",
            "2023-11-05T05:30:00Z",
            "2023-11-05T06:30:00Z",
            "2023-11-06T04:59:00Z")) {
      minute(Instant.parse(minute), "Furniture", "Store", 1, "1.0000", "1.0000");
    }
    minute(Instant.parse("2023-11-06T05:00:00Z"), "Furniture", "Store", 1, "100.0000", "1.0000");
    String minutes =
        "SELECT minute, sum(revenue) FROM daily_report.live_minutes GROUP BY minute ORDER BY minute";
    try {
      live(LocalDate.of(2023, 3, 12));
      assertThat(rows(minutes))
          .containsExactly(
              "2023-03-12 00:00:00|1.0000",
              "2023-03-12 01:59:00|1.0000",
              "2023-03-12 03:00:00|1.0000",
              "2023-03-12 23:59:00|1.0000");
      live(LocalDate.of(2023, 11, 5));
      assertThat(rows(minutes))
          .containsExactly(
              "2023-11-05 00:00:00|1.0000",
              "2023-11-05 01:30:00|2.0000",
              "2023-11-05 23:59:00|1.0000");
    } finally {
      database.execute("sink_writer", "DELETE FROM daily_report.live_kpis");
    }
  }

  /** Java's driver sets a zone of its own, so what a session of psql begins with is looked up. */
  @Test
  void sessionsKeepTheStoresZone() throws SQLException {
    String setting =
        "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase"
            + " WHERE datname = current_database() AND setrole = 0";
    assertThat(rows(setting)).containsExactly("TimeZone=America/New_York");
    setZone("Pacific/Auckland");
    try {
      assertThat(rows(setting)).containsExactly("TimeZone=Pacific/Auckland");
    } finally {
      setZone("America/New_York");
    }
  }

  /** The order of the index is what saves the sort. */
  @ParameterizedTest
  @CsvSource({"state, daily_customer_state_customer", "ts_date, daily_customer_pkey"})
  void customersAreCountedWithoutASort(String by, String index) throws SQLException {
    try (Connection connection = database.connect("report_reader");
        Statement statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_bitmapscan = off");
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines =
          statement.executeQuery(
              "EXPLAIN SELECT %1$s, count(DISTINCT customer_id) FROM daily_report.daily_customer GROUP BY %1$s"
                  .formatted(by))) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      assertThat(plan.toString()).contains(index).doesNotContain("Sort");
    }
  }

  /**
   * An index on an expression serves the view only as long as the two are the same to the letter.
   */
  @ParameterizedTest
  @CsvSource({
    "daily_category_product_month,"
        + " SELECT * FROM daily_report.top_products_by_month WHERE month = '2023-12-01'",
    "sales_by_minute_pkey, SELECT * FROM daily_report.sales_and_profit_today",
    "sales_by_minute_pkey, SELECT * FROM daily_report.live_minutes"
  })
  void dayAndMonthAreFoundByAnIndex(String index, String query) throws SQLException {
    try (Connection connection = database.connect("report_reader");
        Statement statement = connection.createStatement()) {
      // The tables here are too small for an index to pay.
      statement.execute("SET enable_seqscan = off");
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines = statement.executeQuery("EXPLAIN " + query)) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      assertThat(plan.toString()).containsPattern(index + "\\b.*\\R.*Index Cond: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE daily_report.store SET zone = 'America/Nowhere'",
        "UPDATE daily_report.store SET zone = 'PDT'",
        "UPDATE daily_report.store SET zone = NULL",
        "INSERT INTO daily_report.store (zone) VALUES ('Europe/Berlin')",
        "INSERT INTO daily_report.store (only_row, zone) VALUES (false, 'Europe/Berlin')"
      })
  void theStoreHasOneZoneThatExists(String statement) {
    assertThatThrownBy(() -> database.execute("admin", statement)).isInstanceOf(SQLException.class);
  }

  /** Every day that a sale may be of, each with the most that a column holds. */
  @Test
  void noViewFailsOnTheLargestAmounts() throws SQLException {
    BigDecimal most = new BigDecimal("9999999999999999999999999999999999.9999");
    try (Connection connection = database.connect("admin");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false); // what is inserted here is never committed
      statement.execute(
          """
          DELETE FROM daily_report.daily_pu_rev;
          DELETE FROM daily_report.sales_by_minute;
          DELETE FROM daily_report.live_kpis;
          INSERT INTO daily_report.daily_pu_rev
          SELECT day, 1000000000, 1, 1, 100000000000000, %1$s, -%1$s
            FROM generate_series(DATE '1970-01-02', '2199-12-31', '1 day') AS day;
          INSERT INTO daily_report.daily_category_product
          SELECT day, 'c', 's', 'p', 100000000000000, %1$s, -%1$s
            FROM generate_series(DATE '1970-01-02', '2199-12-31', '1 day') AS day;
          INSERT INTO daily_report.sales_by_minute
          SELECT minute, 'c', 'p', 1, 100000000000000, %1$s, -%1$s
            FROM daily_report.store_day_start(daily_report.store_today()) AS start,
                 generate_series(start, start + interval '1379 minutes', '1 minute') AS minute;
          INSERT INTO daily_report.run_ledger (dataset, ts_date, status, run_id, producer, arguments, started_at, records, revenue, profit)
          VALUES ('a', '1970-01-02', 'COMPLETE', 'r', 'p', 'x', '1970-01-02', 1, %1$s, -%1$s),
                 ('a', '2199-12-31', 'COMPLETE', 'r', 'p', 'x', '2199-12-31', 1, %1$s, -%1$s);
          INSERT INTO daily_report.live_kpis
          SELECT day, 1, 1, 1, 1, %1$s, %1$s
            FROM unnest(ARRAY[DATE '1970-01-02', daily_report.store_today(), '2199-12-31']) AS day"""
              .formatted(most.toPlainString()));

      assertThat(amounts(statement, "monthly_sales WHERE month IN ('1970-01-01', '2199-12-01')"))
          .containsExactlyInAnyOrder(times(most, 30), times(most, 31));
      assertThat(amounts(statement, "yearly_sales WHERE year IN ('1970-01-01', '2199-01-01')"))
          .containsExactlyInAnyOrder(times(most, 364), times(most, 365));
      assertThat(amounts(statement, "top_products WHERE rank = 1"))
          .containsExactly(times(most, 84_005));
      assertThat(amounts(statement, "top_products_by_month WHERE month = '2199-12-01'"))
          .containsExactly(times(most, 31));
      assertThat(amounts(statement, "sales_and_profit_today")).containsExactly(times(most, 1380));
      assertThat(amounts(statement, "live_minutes")).hasSize(1380).containsOnly(times(most, 1));
      assertThat(amounts(statement, "run_ledger")).hasSize(2).containsOnly(times(most, 1));
      for (String view :
          List.of("monthly_sales", "yearly_sales", "top_products_by_month", "ledger_balance")) {
        statement.executeQuery("SELECT * FROM daily_report." + view).close();
      }
    }
  }

  /** Revenue and profit of each row. */
  private static List<String> amounts(Statement statement, String from) throws SQLException {
    List<String> amounts = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT revenue, profit FROM daily_report." + from)) {
      while (rows.next()) {
        amounts.add(rows.getString(1) + "|" + rows.getString(2));
      }
    }
    return amounts;
  }

  private static String times(BigDecimal amount, int times) {
    BigDecimal sum = amount.multiply(BigDecimal.valueOf(times));
    return sum.toPlainString() + "|" + sum.negate().toPlainString();
  }

  @Test
  void everyTableViewAndColumnIsDocumented() throws SQLException {
    assertThat(
            rows(
                """
                SELECT relname, attname FROM pg_attribute
                  JOIN pg_class ON pg_class.oid = attrelid
                 WHERE relnamespace = 'daily_report'::regnamespace AND relkind IN ('r', 'v')
                   AND attnum > 0 AND NOT attisdropped
                   AND (col_description(attrelid, attnum) IS NULL
                        OR obj_description(attrelid, 'pg_class') IS NULL)"""))
        .isEmpty();
  }

  /** The amounts of a record are numeric(18,4), and all others are sums. */
  @Test
  void sumsHaveRoom() throws SQLException {
    assertThat(
            rows(
                """
                SELECT DISTINCT relname FROM pg_attribute
                  JOIN pg_class ON pg_class.oid = attrelid
                 WHERE relnamespace = 'daily_report'::regnamespace AND relkind IN ('r', 'v')
                   AND format_type(atttypid, atttypmod) = 'numeric(18,4)'"""))
        .containsExactly("recent_records");
  }

  @Test
  void noColumnIsAFloatAndMoneyHasFourDecimals() throws SQLException {
    assertThat(
            rows(
                """
                SELECT DISTINCT format_type(atttypid, atttypmod) FROM pg_attribute
                  JOIN pg_class ON pg_class.oid = attrelid
                 WHERE relnamespace = 'daily_report'::regnamespace AND relkind = 'v'
                 ORDER BY 1"""))
        .containsExactly(
            "bigint",
            "date",
            "numeric(38,4)",
            "numeric(44,4)",
            "text",
            "timestamp with time zone",
            "timestamp without time zone",
            "timestamp(3) with time zone");
  }

  private static List<String> rows(String query) throws SQLException {
    return database.rows("report_reader", query);
  }

  private static void prove(
      String scope, String provedAt, String verdict, String from, String to, long records)
      throws SQLException {
    try (Connection connection = database.connect("sink_writer");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO daily_report.proofs VALUES"
                    + " (?, ?::timestamptz, ?, ?::date, ?::date, 4, ?, 0, 0, 'kafka')")) {
      insert.setString(1, scope);
      insert.setString(2, provedAt);
      insert.setString(3, verdict);
      insert.setString(4, from);
      insert.setString(5, to);
      insert.setLong(6, records);
      insert.executeUpdate();
    }
  }

  private static void live(LocalDate day) throws SQLException {
    try (Connection connection = database.connect("sink_writer");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO daily_report.live_kpis VALUES (?, 1, 1, 1, 1, 1, 1)")) {
      insert.setObject(1, day);
      insert.executeUpdate();
    }
  }

  private static void setZone(String zone) throws SQLException {
    try (Connection connection = database.connect("admin");
        PreparedStatement update =
            connection.prepareStatement("UPDATE daily_report.store SET zone = ?")) {
      update.setString(1, zone);
      assertThat(update.executeUpdate()).isOne();
    }
  }

  private static void minute(
      Instant minute,
      String category,
      String platform,
      long quantity,
      String revenue,
      String profit)
      throws SQLException {
    try (Connection connection = database.connect("sink_writer");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO daily_report.sales_by_minute"
                    + " (minute, category, platform, orders, quantity, revenue, profit)"
                    + " VALUES (?, ?, ?, 1, ?, ?::numeric, ?::numeric)")) {
      insert.setObject(1, OffsetDateTime.ofInstant(minute, ZoneOffset.UTC));
      insert.setString(2, category);
      insert.setString(3, platform);
      insert.setLong(4, quantity);
      insert.setString(5, revenue);
      insert.setString(6, profit);
      insert.executeUpdate();
    }
  }

  /** So that the day does not change while the test runs. */
  private static ZoneId aZoneWhereItIsAboutNoon() {
    Instant now = Instant.now();
    return Stream.of(
            "Pacific/Auckland",
            "Asia/Tokyo",
            "Asia/Kolkata",
            "Europe/Berlin",
            "America/Sao_Paulo",
            "America/New_York",
            "America/Los_Angeles",
            "Pacific/Honolulu")
        .map(ZoneId::of)
        .min(Comparator.comparingInt(zone -> Math.abs(now.atZone(zone).getHour() - 12)))
        .orElseThrow();
  }
}
