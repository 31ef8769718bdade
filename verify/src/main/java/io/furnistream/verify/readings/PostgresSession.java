package io.furnistream.verify.readings;

import io.furnistream.cli.CannotRunException;
import io.furnistream.cli.Endpoints;
import io.furnistream.cli.UnavailableException;
import io.furnistream.verify.database.UncheckedSqlException;
import io.furnistream.verify.tables.DayRange;
import io.furnistream.verify.tables.StoredRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGProperty;

/**
 * A connection that only reads. All that is read between two calls of {@link #newSnapshot} is seen
 * as of one moment. Not thread-safe.
 *
 * <p>Every method throws {@link CannotRunException} when PostgreSQL does not answer.
 */
final class PostgresSession implements AutoCloseable {

  private static final int FETCH_ROWS = 2000;
  private static final String CONNECT_SECONDS = "10";
  private static final String ANSWER_SECONDS = "120";

  /** SQLSTATEs of a schema, table or column that is not there. */
  private static final Set<String> UNDEFINED = Set.of("3F000", "42P01", "42703");

  private final String url;
  private final Connection connection;

  PostgresSession(Endpoints endpoints) {
    this.url = endpoints.postgresUrl();
    Properties properties = new Properties();
    PGProperty.USER.set(properties, endpoints.postgresUser());
    PGProperty.PASSWORD.set(properties, endpoints.postgresPassword());
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_SECONDS);
    PGProperty.APPLICATION_NAME.set(properties, "furnistream verify");
    try {
      this.connection = DriverManager.getConnection(url, properties);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      // The driver fetches in parts, instead of all rows at once, only inside a transaction.
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new UnavailableException(
          "Cannot connect to PostgreSQL at %s (%s). Start the stack with `furnistream up`, or set %s, %s and %s."
              .formatted(
                  url,
                  e.getMessage(),
                  Endpoints.POSTGRES_URL,
                  Endpoints.POSTGRES_USER,
                  Endpoints.POSTGRES_PASSWORD),
          e);
    }
  }

  /** From here on, sees what is committed now. */
  void newSnapshot() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw cannotRead(e);
    }
  }

  /**
   * Takes each row of a range of days.
   *
   * @param sql a SELECT whose two parameters are the first and the last day
   */
  void forEachRow(String sql, DayRange range, Consumer<StoredRow> reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setObject(1, range.from());
      statement.setObject(2, range.to());
      try (ResultSet result = statement.executeQuery()) {
        JdbcRow row = new JdbcRow(result);
        while (result.next()) {
          reader.accept(row);
        }
      }
    } catch (SQLException e) {
      throw cannotRead(e);
    } catch (UncheckedSqlException e) {
      throw cannotRead(e.sql());
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It only read: nothing is lost with it.
    }
  }

  private CannotRunException cannotRead(SQLException cause) {
    if (UNDEFINED.contains(cause.getSQLState())) {
      return new CannotRunException(
          "PostgreSQL at %s lacks a table or column of the platform (%s). `furnistream up` brings its tables up to date."
              .formatted(url, cause.getMessage()),
          cause);
    }
    return new UnavailableException(
        "PostgreSQL at %s cannot be read (%s). See `furnistream status` and `furnistream logs postgres`."
            .formatted(url, cause.getMessage()),
        cause);
  }
}
