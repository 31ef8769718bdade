package io.furnistream.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.furnistream.stack.state.Home;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database from before the role admin, whose first migration the superuser applied. */
class OlderDatabaseIT {

  // Not one that other tests use.
  private static final int PORT_OFFSET = 17_200;

  @Test
  void goesToTheAdminWithItsRows() throws Exception {
    try (ReportDatabase database = new ReportDatabase(PORT_OFFSET)) {
      database.execute(
          "postgres",
          "DROP SCHEMA daily_report CASCADE",
          "DROP TABLE public.flyway_schema_history",
          "ALTER DATABASE furnistream OWNER TO postgres",
          "DROP OWNED BY admin",
          "DROP ROLE admin");
      Flyway.configure()
          .dataSource(database.url(), "postgres", database.password("postgres"))
          .locations(
              "filesystem:" + Home.fromSystemProperty().root().resolve("connectors/postgres"))
          .target("1")
          .load()
          .migrate();
      database.execute(
          "sink_writer",
          "INSERT INTO daily_report.daily_pu_rev VALUES ('2023-12-01', 4, 3, 2, 5, 10.5, 1.25)");

      database.restart(OlderDatabaseIT::asTheyWere);

      assertThat(
              database.rows(
                  "report_reader",
                  "SELECT month, records, revenue, profit FROM daily_report.monthly_sales"))
          .containsExactly("2023-12-01|4|10.5000|1.2500");
      assertThat(
              database.rows(
                  "admin",
                  "SELECT DISTINCT relowner::regrole FROM pg_class WHERE relnamespace IN"
                      + " ('daily_report'::regnamespace, 'public'::regnamespace)"))
          .containsExactly("admin");
      database.execute(
          "sink_writer",
          "UPDATE daily_report.daily_pu_rev SET daily_rev = 11",
          "INSERT INTO daily_report.live_kpis VALUES ('2023-12-01', 1, 1, 1, 1, 1, 1)",
          // Its columns were numeric(18,4).
          "UPDATE daily_report.daily_pu_rev SET daily_rev = 99999999999999999999999.9999");
      assertThat(database.rows("report_reader", "SELECT revenue FROM daily_report.monthly_sales"))
          .containsExactly("99999999999999999999999.9999");
      assertThat(database.rows("report_reader", "SELECT records FROM daily_report.live_kpis"))
          .containsExactly("1");
    }
  }

  /** One password opened the database to its superuser, and went by the name of the admin's. */
  private static List<String> asTheyWere(List<String> secrets) {
    return secrets.stream()
        .filter(line -> !line.startsWith("POSTGRES_ADMIN_PASSWORD="))
        .map(line -> line.replace("POSTGRES_SUPERUSER_PASSWORD=", "POSTGRES_ADMIN_PASSWORD="))
        .toList();
  }
}
