package io.furnistream.stack.services;

import io.furnistream.provision.QuotedSql;
import io.furnistream.provision.ReportAccess;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The reporting database: its secrets, and who owns it. */
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

  private final PostgresDatabases databases;
  private final Secrets secrets;

  ReportDatabase(Ports ports, PostgresDatabases databases, Secrets secrets) {
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

  /** How it is set up: by the superuser, for the role admin, which owns it. */
  ReportAccess access() {
    return new ReportAccess(
        url(),
        databases.url(PostgresDatabases.MAINTENANCE_DATABASE),
        PostgresDatabases.SUPERUSER,
        secrets.get(PostgresDatabases.SUPERUSER_PASSWORD),
        ADMIN,
        secrets.get(ADMIN_PASSWORD),
        secrets.get(SINK_WRITER_PASSWORD),
        secrets.get(READER_PASSWORD));
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
}
