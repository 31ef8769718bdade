package io.furnistream.verify.database;

import io.furnistream.verify.tables.StoredRow;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The current row of a query of this database.
 *
 * @param result positioned on the row
 * @param prefix what the columns' names begin with there
 */
public record ProofRow(ResultSet result, String prefix) implements StoredRow {

  /** The columns of which names begin with this, without it. */
  ProofRow prefixed(String with) {
    return new ProofRow(result, with);
  }

  /** The value of a column of conditions. */
  public boolean flag(String column) {
    return UncheckedSqlException.carriedFrom(() -> result.getBoolean(prefix + column));
  }

  @Override
  public LocalDate date(String column) {
    return UncheckedSqlException.carriedFrom(
        () -> result.getObject(prefix + column, LocalDate.class));
  }

  @Override
  public Instant instant(String column) {
    Long millis = count(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public Long count(String column) {
    return UncheckedSqlException.carriedFrom(
        () -> {
          long count = result.getLong(prefix + column);
          return result.wasNull() ? null : count;
        });
  }

  @Override
  public BigDecimal amount(String column) {
    return UncheckedSqlException.carriedFrom(() -> result.getBigDecimal(prefix + column));
  }

  @Override
  public String text(String column) {
    return UncheckedSqlException.carriedFrom(() -> result.getString(prefix + column));
  }
}
