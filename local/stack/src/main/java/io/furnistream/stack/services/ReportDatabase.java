package io.furnistream.stack.services;

import io.furnistream.stack.state.Home;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import org.flywaydb.core.Flyway;

/** The reporting database: its roles, who owns it, its migrations, and the store's zone in it. */
final class ReportDatabase {

  static final String NAME = "furnistream";
  static final String READER = "report_reader";
  static final String SINK_WRITER = "sink_writer";

  /** Opens the reporting database to the role admin, which owns it. */
  static final String ADMIN_PASSWORD = "POSTGRES_ADMIN_PASSWORD";

  static final String READER_PASSWORD = "REPORT_READER_PASSWORD";
  static final String SINK_WRITER_PASSWORD = "SINK_WRITER_PASSWORD";

  private static final String ADMIN = "admin";
  private static final String READER_URL = "REPORT_READER_URL";

  private final Home home;
  private final PostgresDatabases databases;
  private final Secrets secrets;

  ReportDatabase(Home home, Ports ports, PostgresDatabases databases, Secrets secrets) {
    this.home = home;
    this.databases = databases;
    this.secrets = secrets;
    secrets.ensurePassword(ADMIN_PASSWORD);
    secrets.ensurePassword(SINK_WRITER_PASSWORD);
    secrets.ensurePassword(READER_PASSWORD);
    secrets.set(
        READER_URL,
        "postgresql://%s:%s@%s/%s"
            .formatted(READER, secrets.get(READER_PASSWORD), PostgresService.address(ports), NAME));
  }

  String url() {
    return databases.url(NAME);
  }

  /**
   * Makes the database and its roles, and brings its tables to this version.
   *
   * @param storeZone the zone whose day is the report's today
   */
  void provision(ZoneId storeZone) throws SQLException {
    databases.ensureDatabase(NAME, ADMIN, secrets.get(ADMIN_PASSWORD));
    databases.ensureGuest(NAME, SINK_WRITER, secrets.get(SINK_WRITER_PASSWORD));
    databases.ensureGuest(NAME, READER, secrets.get(READER_PASSWORD));
    try (Connection connection = databases.connect(NAME)) {
      closeLargeObjects(connection);
      giveToAdmin(connection);
    }
    Flyway.configure()
        .dataSource(url(), ADMIN, secrets.get(ADMIN_PASSWORD))
        .locations("filesystem:" + home.connectors().resolve("postgres"))
        .load()
        .migrate();
    setStoreZone(storeZone);
  }

  /**
   * Empties tables of the schema daily_report, one after the other: a writer that goes on then
   * never waits for one of them while it holds another.
   */
  void emptyTables(List<String> tables) throws SQLException {
    try (Connection connection = databases.connect(NAME)) {
      for (String table : tables) {
        QuotedSql.execute(connection, "SELECT format('TRUNCATE daily_report.%I', ?::text)", table);
      }
    }
  }

  /** Everybody may make large objects unless told otherwise: a reader could fill the disk. */
  private static void closeLargeObjects(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "REVOKE EXECUTE ON FUNCTION pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid),"
              + " pg_catalog.lo_from_bytea(oid, bytea) FROM PUBLIC");
    }
  }

  /**
   * Migrations run as the admin, who therefore owns what they make. In a database from before that
   * role it belongs to the superuser.
   */
  private static void giveToAdmin(Connection connection) throws SQLException {
    QuotedSql.execute(
        connection,
        "SELECT format('ALTER DATABASE %I OWNER TO %I', datname, ?::text) FROM pg_database"
            + " WHERE datname = current_database() AND datdba <> ?::regrole",
        ADMIN,
        ADMIN);
    QuotedSql.execute(
        connection,
        "SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, ?::text) FROM pg_namespace"
            + " WHERE nspname = 'daily_report' AND nspowner <> ?::regrole",
        ADMIN,
        ADMIN);
    QuotedSql.execute(
        connection,
        "SELECT format('ALTER TABLE %I.%I OWNER TO %I', nspname, relname, ?::text) FROM pg_class"
            + " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            + " WHERE nspname IN ('daily_report', 'public') AND relkind = 'r'"
            + " AND relowner <> ?::regrole",
        ADMIN,
        ADMIN);
  }

  /**
   * Has the report say which day is today in a zone. As admin, because a trigger of the migrations
   * runs with it, and what they make never has a superuser's rights.
   */
  private void setStoreZone(ZoneId zone) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url(), ADMIN, secrets.get(ADMIN_PASSWORD));
        PreparedStatement statement =
            connection.prepareStatement("UPDATE daily_report.store SET zone = ? WHERE zone <> ?")) {
      statement.setString(1, zone.getId());
      statement.setString(2, zone.getId());
      statement.executeUpdate();
    }
  }
}
