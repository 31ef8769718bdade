package io.furnistream.verify.database;

import java.sql.SQLException;

/**
 * Carries an {@link SQLException} out of a {@link io.furnistream.verify.tables.StoredRow}, to where
 * the row is read.
 */
public final class UncheckedSqlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private UncheckedSqlException(SQLException cause) {
    super(cause);
  }

  /** The value, or the exception in this one. */
  public static <T> T carriedFrom(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** What is carried. */
  public SQLException sql() {
    return (SQLException) getCause();
  }

  /** Gets a value of a row. */
  public interface Getter<T> {
    /** Gets it. */
    T get() throws SQLException;
  }
}
