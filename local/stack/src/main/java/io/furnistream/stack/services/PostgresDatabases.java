package io.furnistream.stack.services;

import io.furnistream.provision.PostgresPassword;
import io.furnistream.provision.QuotedSql;
import io.furnistream.stack.state.Ports;
import io.furnistream.stack.state.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** The databases of the stack's PostgreSQL and who may enter them, managed as its superuser. */
final class PostgresDatabases {

  static final String SUPERUSER = "postgres";

  /** Opens PostgreSQL to the superuser, which makes roles and databases and does nothing else. */
  static final String SUPERUSER_PASSWORD = "POSTGRES_SUPERUSER_PASSWORD";

  static final String MAINTENANCE_DATABASE = "postgres";
  private static final String TEMPLATE_DATABASE = "template1";
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
  private static final int CONNECT_SECONDS = 3;

  private final Ports ports;
  private final Secrets secrets;

  PostgresDatabases(Ports ports, Secrets secrets) {
    this.ports = ports;
    this.secrets = secrets;
    // A stack from before the role admin: the superuser was made with this password.
    secrets.rename(ReportDatabase.ADMIN_PASSWORD, SUPERUSER_PASSWORD);
    secrets.ensurePassword(SUPERUSER_PASSWORD);
  }

  /** Asks PostgreSQL whether it serves. */
  void ping() throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** Closes the databases that PostgreSQL begins with to everybody but the superuser. */
  void closeBuiltIn() throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      closeToPublic(connection, MAINTENANCE_DATABASE);
      closeToPublic(connection, TEMPLATE_DATABASE);
    }
  }

  /** Gives a service a database of its own, which no one else may enter. */
  void ensureDatabase(String database, String owner, String password) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      ensureRole(connection, owner, password);
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
        QuotedSql.execute(
            connection,
            "SELECT format('CREATE DATABASE %I OWNER %I', ?::text, ?::text)",
            database,
            owner);
        closeToPublic(connection, database);
      }
    }
  }

  /** What {@link #note} last said of a database; empty when it said nothing. */
  String note(String database) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
                    + " WHERE datname = ?")) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  /** Keeps a note with a database, so that it goes where the database goes. */
  void note(String database, String text) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE)) {
      QuotedSql.execute(
          connection,
          "SELECT format('COMMENT ON DATABASE %I IS %L', ?::text, ?::text)",
          database,
          text);
    }
  }

  String url(String database) {
    return "jdbc:postgresql://" + PostgresService.address(ports) + "/" + database;
  }

  /** Enters a database as the superuser. */
  Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", secrets.get(SUPERUSER_PASSWORD));
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
    return DriverManager.getConnection(url(database), properties);
  }

  private static void ensureRole(Connection connection, String role, String password)
      throws SQLException {
    if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      QuotedSql.execute(connection, "SELECT format('CREATE ROLE %I LOGIN', ?::text)", role);
    }
    QuotedSql.execute(
        connection,
        "SELECT format('ALTER ROLE %I PASSWORD %L', ?::text, ?::text)",
        role,
        PostgresPassword.verifier(password));
  }

  private static void closeToPublic(Connection connection, String database) throws SQLException {
    QuotedSql.execute(
        connection, "SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', ?::text)", database);
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
