package io.furnistream.verify.readings;

import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/**
 * Reads Parquet files by DuckDB, within bounded memory. It shares no code with what wrote them, and
 * is what the dashboards read them with. Not thread-safe.
 */
final class ParquetSession implements AutoCloseable {

  private static final String THREADS = "2";
  private static final String MEMORY = "256MB";

  private static final Pattern PATTERN = Pattern.compile("[\\[*?]");

  private final Connection connection;

  ParquetSession() {
    Properties settings = new Properties();
    settings.setProperty("threads", THREADS);
    settings.setProperty("memory_limit", MEMORY);
    // Nothing but the files is needed: no network, and no settings of the user.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      this.connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start", e);
    }
  }

  /**
   * Takes each row of a file. A row has a value for every column that is asked for.
   *
   * @param sql a SELECT whose parameter is the file
   * @throws UnreadableFileException when the file is not a Parquet file, or lacks a column or value
   */
  void forEachRow(String sql, Path file, Consumer<StoredRow> reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, literally(file));
      try (ResultSet result = statement.executeQuery()) {
        StoredRow row = new FullRow(new JdbcRow(result));
        while (result.next()) {
          reader.accept(row);
        }
      }
    } catch (SQLException e) {
      throw new UnreadableFileException(e);
    } catch (JdbcRow.UncheckedSqlException e) {
      throw new UnreadableFileException(e.sql());
    }
  }

  /** DuckDB takes a path as a pattern: its special characters are put into brackets. */
  private static String literally(Path file) {
    return PATTERN.matcher(file.toString()).replaceAll("[$0]");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It only read: nothing is lost with it.
    }
  }

  /** The file cannot be read as what it should be. */
  static final class UnreadableFileException extends RuntimeException {
    UnreadableFileException(Exception cause) {
      super(cause);
    }

    UnreadableFileException(String message) {
      super(message);
    }
  }

  private record FullRow(StoredRow row) implements StoredRow {

    @Override
    public LocalDate date(String column) {
      return present(column, row.date(column));
    }

    @Override
    public Instant instant(String column) {
      return present(column, row.instant(column));
    }

    @Override
    public Long count(String column) {
      return present(column, row.count(column));
    }

    @Override
    public BigDecimal amount(String column) {
      return present(column, row.amount(column));
    }

    @Override
    public String text(String column) {
      return present(column, row.text(column));
    }

    private static <T> T present(String column, T value) {
      if (value == null) {
        throw new UnreadableFileException("A row has no " + column);
      }
      return value;
    }
  }
}
