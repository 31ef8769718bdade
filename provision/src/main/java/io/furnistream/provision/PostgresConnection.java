package io.furnistream.provision;

import io.furnistream.cli.CannotRunException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/** Connections to PostgreSQL that end: every answer has its limit. */
final class PostgresConnection {

  private static final int CONNECT_SECONDS = 5;
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);
  private static final String DATABASE = "PGDBNAME";
  private static final Pattern REFUSALS = Pattern.compile("28...|42501|3D000");

  private PostgresConnection() {}

  static Connection open(String url, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
    properties.setProperty("ApplicationName", "furnistream provision");
    return DriverManager.getConnection(url, properties);
  }

  /**
   * The database that a URL names.
   *
   * @throws CannotRunException when it names none
   */
  static String database(String url) {
    Properties parsed = Driver.parseURL(url, new Properties());
    String name = parsed == null ? null : parsed.getProperty(DATABASE);
    if (name == null || name.isBlank()) {
      throw new CannotRunException(
          "%s names no database. Write jdbc:postgresql://HOST:PORT/DATABASE.".formatted(url));
    }
    return name;
  }

  /** Whether PostgreSQL answered, and refused the role: to wait would not help. */
  static boolean isRefusal(SQLException error) {
    return error.getSQLState() != null && REFUSALS.matcher(error.getSQLState()).matches();
  }
}
