package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each role of the reporting database tries what it may and what it must not. */
class RolesIT {

  // Not one that other tests use.
  private static final int PORT_OFFSET = 17_100;
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static ReportDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = new ReportDatabase(PORT_OFFSET);
  }

  @AfterAll
  static void stop() throws Exception {
    if (database != null) {
      database.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO daily_report.daily_pu_rev VALUES ('2023-12-01', 1, 1, 1, 1, 1, 1)",
        "UPDATE daily_report.daily_pu_rev SET daily_rev = 0",
        "DELETE FROM daily_report.daily_pu_rev",
        "TRUNCATE daily_report.daily_pu_rev",
        "UPDATE daily_report.store SET zone = 'UTC'",
        "SELECT * FROM daily_report.daily_pu_rev FOR UPDATE",
        "ALTER TABLE daily_report.daily_pu_rev ADD COLUMN x int",
        "DROP TABLE daily_report.daily_pu_rev",
        "DROP VIEW daily_report.monthly_sales",
        "CREATE TABLE daily_report.mine (x int)",
        "CREATE VIEW daily_report.mine AS SELECT 1",
        "CREATE TABLE public.mine (x int)",
        "CREATE TEMPORARY TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql RETURN 1",
        "SET ROLE admin",
        "SET ROLE sink_writer",
        "SELECT * FROM public.flyway_schema_history",
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT pg_catalog.lo_from_bytea(0, 'x')",
        "SELECT pg_catalog.lo_create(0)",
        "SELECT pg_catalog.pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY (SELECT 1) TO '/dev/null'",
        "ALTER SYSTEM SET work_mem = '1GB'"
      })
  void theReaderReadsOnlyTheReport(String statement) {
    assertDenied(() -> database.execute("report_reader", statement));
  }

  @Test
  void theReaderReadsEveryTableAndView() throws SQLException {
    List<String> all =
        database.rows(
            "admin",
            "SELECT relname FROM pg_class WHERE relnamespace = 'daily_report'::regnamespace"
                + " AND relkind IN ('r', 'v')");
    assertThat(all).contains("daily_pu_rev", "sales_and_profit_today", "top_products_by_month");
    for (String name : all) {
      database.rows("report_reader", "SELECT * FROM daily_report." + name + " LIMIT 1");
    }
  }

  @Test
  void theReaderReadsWhatALaterMigrationAddsAndTheWriterDoesNotTouchIt() throws SQLException {
    database.execute(
        "admin",
        "CREATE TABLE daily_report.later (x int)",
        "INSERT INTO daily_report.later VALUES (7)",
        "CREATE VIEW daily_report.later_view AS SELECT x + 1 AS y FROM daily_report.later");
    try {
      assertThat(database.rows("report_reader", "SELECT x FROM daily_report.later"))
          .containsExactly("7");
      assertThat(database.rows("report_reader", "SELECT y FROM daily_report.later_view"))
          .containsExactly("8");
      assertDenied(
          () -> database.execute("report_reader", "INSERT INTO daily_report.later VALUES (1)"));
      assertDenied(
          () -> database.execute("sink_writer", "INSERT INTO daily_report.later VALUES (1)"));
      assertDenied(() -> database.execute("sink_writer", "SELECT * FROM daily_report.later_view"));
    } finally {
      database.execute(
          "admin", "DROP VIEW daily_report.later_view", "DROP TABLE daily_report.later");
    }
  }

  @Test
  void theWriterWritesAndDeletesRows() throws SQLException {
    database.execute(
        "sink_writer",
        """
        INSERT INTO daily_report.live_kpis VALUES ('2023-12-01', 1, 1, 1, 1, 1, 1)
        ON CONFLICT (ts_date) DO UPDATE SET revenue = excluded.revenue""",
        "UPDATE daily_report.live_kpis SET revenue = 2");
    assertThat(database.rows("sink_writer", "SELECT revenue FROM daily_report.live_kpis"))
        .containsExactly("2.0000");
    database.execute("sink_writer", "DELETE FROM daily_report.live_kpis");
    assertThat(database.rows("report_reader", "SELECT * FROM daily_report.live_kpis")).isEmpty();
  }

  @Test
  void theWriterMayDoWhatTheSinkDoesWithTheTablesOfItsTopicsAndNothingElse() throws Exception {
    String[] topics =
        new ObjectMapper()
            .readTree(Path.of("postgres-daily-report.json").toFile())
            .at("/config/topics")
            .asText()
            .split(",");

    assertThat(
            database.rows(
                "admin",
                """
                SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type)
                  FROM information_schema.table_privileges
                 WHERE grantee IN ('sink_writer', 'PUBLIC') AND table_schema = 'daily_report'
                 GROUP BY table_name"""))
        .containsExactlyInAnyOrderElementsOf(
            List.of(topics).stream().map(topic -> topic + "|DELETE INSERT SELECT UPDATE").toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRUNCATE daily_report.daily_pu_rev",
        "ALTER TABLE daily_report.daily_pu_rev ADD COLUMN x int",
        "CREATE INDEX mine ON daily_report.daily_pu_rev (daily_rev)",
        "DROP TABLE daily_report.daily_pu_rev",
        "CREATE TABLE daily_report.mine (x int)",
        "CREATE TABLE public.mine (x int)",
        "CREATE TEMPORARY TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "SELECT * FROM daily_report.monthly_sales",
        "SELECT * FROM daily_report.store",
        "UPDATE daily_report.store SET zone = 'UTC'",
        "SELECT daily_report.store_today()",
        "SELECT * FROM public.flyway_schema_history",
        "SELECT pg_catalog.lo_create(0)",
        "SET ROLE admin",
        "COPY daily_report.daily_pu_rev FROM PROGRAM 'true'"
      })
  void theWriterChangesNoTableAndReadsNoView(String statement) {
    assertDenied(() -> database.execute("sink_writer", statement));
  }

  @Test
  void theAdminOwnsTheReport() throws SQLException {
    database.execute(
        "admin",
        "CREATE SCHEMA archive",
        "CREATE TABLE archive.days AS SELECT * FROM daily_report.daily_pu_rev",
        "DROP SCHEMA archive CASCADE");
    assertThat(
            database.rows(
                "admin",
                "SELECT DISTINCT relowner::regrole FROM pg_class"
                    + " WHERE relnamespace IN ('daily_report'::regnamespace, 'public'::regnamespace)"))
        .containsExactly("admin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "ALTER ROLE report_reader SUPERUSER",
        "ALTER ROLE report_reader PASSWORD 'x'",
        "SET ROLE postgres",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT pg_catalog.pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "DROP DATABASE registry"
      })
  void theAdminIsNotASuperuser(String statement) {
    assertDenied(() -> database.execute("admin", statement));
  }

  @ParameterizedTest
  @CsvSource({
    "report_reader, registry",
    "report_reader, postgres",
    "report_reader, template1",
    "sink_writer, registry",
    "sink_writer, postgres",
    "sink_writer, template1",
    "admin, registry",
    "admin, postgres",
    "admin, template1"
  })
  void noRoleEntersAnotherDatabase(String role, String other) {
    assertDenied(() -> database.connect(role, other).close());
  }

  private static void assertDenied(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            SQLException.class,
            denied ->
                assertThat(denied.getSQLState())
                    .as(denied.getMessage())
                    .isEqualTo(INSUFFICIENT_PRIVILEGE));
  }
}
