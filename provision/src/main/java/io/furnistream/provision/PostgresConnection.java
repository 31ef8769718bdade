package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to PostgreSQL that end: every answer has its limit. */
final class PostgresConnection {

  private static final int CONNECT_SECONDS = 5;
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);

  /** A statement of a migration may work through every row of a large table. */
  private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(30);

  private static final String APPLICATION = "furnistream provision";
  private static final String DATABASE = "PGDBNAME";
  private static final Pattern REFUSALS = Pattern.compile("28...|42501|3D000");

  private PostgresConnection() {}

  static Connection open(String url, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
    properties.setProperty("ApplicationName", APPLICATION);
    return DriverManager.getConnection(url, properties);
  }

  /** Connections for migrations. */
  static DataSource forMigrations(String url, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    source.setUser(user);
    source.setPassword(password);
    source.setConnectTimeout(CONNECT_SECONDS);
    // One in the URL stays: it may be for a database that is larger still.
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout((int) MIGRATION_LIMIT.toSeconds());
    }
    source.setApplicationName(APPLICATION);
    return source;
  }

  /**
   * The database that a URL names.
   *
   * @param variable that holds the URL; the URL itself may hold a password and is not printed
   * @throws CannotRunException when it names none
   */
  static String database(String url, String variable) {
    Properties parsed = Driver.parseURL(url, new Properties());
    String name = parsed == null ? null : parsed.getProperty(DATABASE);
    if (name == null || name.isBlank()) {
      throw new CannotRunException(
          "%s names no database of PostgreSQL. Set it to jdbc:postgresql://HOST:PORT/DATABASE."
              .formatted(variable));
    }
    return name;
  }

  /** Whether PostgreSQL answered, and refused the role: to wait would not help. */
  static boolean isRefusal(SQLException error) {
    return error.getSQLState() != null && REFUSALS.matcher(error.getSQLState()).matches();
  }
}
