package io.furnistream.verify.readings;

import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * The current row of a result of PostgreSQL or DuckDB.
 *
 * @param result positioned on the row
 */
record JdbcRow(ResultSet result) implements StoredRow {

  @Override
  public LocalDate date(String column) {
    return value(() -> result.getObject(column, LocalDate.class));
  }

  @Override
  public Instant instant(String column) {
    OffsetDateTime time = value(() -> result.getObject(column, OffsetDateTime.class));
    return time == null ? null : time.toInstant();
  }

  @Override
  public Long count(String column) {
    return value(
        () -> {
          long count = result.getLong(column);
          return result.wasNull() ? null : count;
        });
  }

  @Override
  public BigDecimal amount(String column) {
    return value(() -> result.getBigDecimal(column));
  }

  @Override
  public String text(String column) {
    return value(() -> result.getString(column));
  }

  private static <T> T value(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private interface Getter<T> {
    T get() throws SQLException;
  }

  /** Carries an {@link SQLException} out of a {@link StoredRow}. */
  static final class UncheckedSqlException extends RuntimeException {
    UncheckedSqlException(SQLException cause) {
      super(cause);
    }

    SQLException sql() {
      return (SQLException) getCause();
    }
  }
}
