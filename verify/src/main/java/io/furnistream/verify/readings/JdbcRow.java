package io.furnistream.verify.readings;

import io.furnistream.verify.database.UncheckedSqlException;
import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * The current row of a result of PostgreSQL.
 *
 * @param result positioned on the row
 */
record JdbcRow(ResultSet result) implements StoredRow {

  @Override
  public LocalDate date(String column) {
    return UncheckedSqlException.carriedFrom(() -> result.getObject(column, LocalDate.class));
  }

  @Override
  public Instant instant(String column) {
    OffsetDateTime time =
        UncheckedSqlException.carriedFrom(() -> result.getObject(column, OffsetDateTime.class));
    return time == null ? null : time.toInstant();
  }

  @Override
  public Long count(String column) {
    return UncheckedSqlException.carriedFrom(
        () -> {
          long count = result.getLong(column);
          return result.wasNull() ? null : count;
        });
  }

  @Override
  public BigDecimal amount(String column) {
    return UncheckedSqlException.carriedFrom(() -> result.getBigDecimal(column));
  }

  @Override
  public String text(String column) {
    return UncheckedSqlException.carriedFrom(() -> result.getString(column));
  }
}
