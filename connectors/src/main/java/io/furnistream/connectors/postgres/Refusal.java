package io.furnistream.connectors.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.hibernate.HibernateException;

/** Separates the faults of a record from those of the database and of the configuration. */
final class Refusal {

  /**
   * Those that a record's values or its schema cause. The rest of class 42 (no such table or
   * column, no permission) would hit every row.
   */
  private static final SqlStates STATES =
      new SqlStates(
          Set.of(
              "22", // data exceptions
              "23"), // violations of integrity constraints
          Set.of(
              "54000", // program_limit_exceeded: a key too long for an index
              "42804", // datatype_mismatch
              "42846", // cannot_coerce
              "42883")); // undefined_function: no operator compares the column with such a value

  private Refusal() {}

  /**
   * The reason to dead-letter a record.
   *
   * @return null when the failure is not a record's fault, as far as it shows
   */
  static DataException of(RuntimeException failure) {
    SQLException answer = SqlStates.answer(failure);
    if (answer != null) {
      return STATES.contain(answer)
          ? new DataException(
              "PostgreSQL refuses the row (SQLSTATE %s): %s"
                  .formatted(answer.getSQLState(), answer.getMessage()),
              answer)
          : null;
    }
    if (find(failure, HibernateException.class) != null
        || find(failure, IOException.class) != null
        || find(failure, InterruptedException.class) != null
        || find(failure, Owners.NotOwnerException.class) != null) {
      return null;
    }
    // Debezium could not build a statement from the record, or could not bind a value.
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason =
        cause instanceof DataException
            ? cause.getMessage()
            : "Debezium cannot build a row from the record: " + cause;
    return new DataException(reason, failure);
  }

  /** The first cause of a kind, or null. */
  static <T extends Throwable> T find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
