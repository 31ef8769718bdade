package io.furnistream.verify.readings;

import io.furnistream.stores.duckdb.DuckDb;
import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Reads Parquet files by DuckDB, within bounded memory. It shares no code with what wrote them, and
 * is what the dashboards read them with. Not thread-safe.
 */
final class ParquetSession implements AutoCloseable {

  private static final int THREADS = 2;
  private static final String MEMORY = "256MB";

  private final Connection connection;

  ParquetSession() {
    try {
      this.connection = DuckDb.open(THREADS, MEMORY);
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
      statement.setString(1, DuckDb.literally(file));
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
