package io.furnistream.verify.database;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.duckdb.DuckDBAppender;

/** Adds rows to a table of the database, value by value. Rows may be added by several threads. */
public final class Appender implements AutoCloseable {

  private final ProofDatabase database;
  private final DuckDBAppender appender;

  private final Lock lock;

  Appender(ProofDatabase database, DuckDBAppender appender) throws SQLException {
    this.database = database;
    this.appender = appender;
    this.lock = appender.unsafeBreakThreadConfinement();
  }

  /**
   * Adds a row.
   *
   * @param values String, Integer, Long, Boolean, BigDecimal, LocalDate, UUID or null; each must
   *     fit its column
   */
  public void row(Object... values) {
    lock.lock();
    try {
      appender.beginRow();
      for (Object value : values) {
        append(value);
      }
      appender.endRow();
    } catch (SQLException e) {
      throw database.failed(e);
    } finally {
      lock.unlock();
    }
  }

  private void append(Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof Integer number) {
      appender.append(number);
    } else if (value instanceof Long number) {
      appender.append(number);
    } else if (value instanceof BigDecimal amount) {
      appender.append(amount);
    } else if (value instanceof LocalDate day) {
      appender.append(day);
    } else if (value instanceof UUID id) {
      appender.append(id);
    } else if (value instanceof Boolean flag) {
      appender.append(flag);
    } else {
      throw new IllegalArgumentException("No column takes a " + value.getClass());
    }
  }

  @Override
  public void close() {
    try {
      appender.close();
    } catch (SQLException e) {
      throw database.failed(e);
    }
  }
}
