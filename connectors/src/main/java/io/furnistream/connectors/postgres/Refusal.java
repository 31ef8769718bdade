package io.furnistream.connectors.postgres;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.hibernate.HibernateException;

/** Separates the faults of a record from those of the database and of the configuration. */
final class Refusal {

  /** Data exceptions, and violations of integrity constraints. */
  private static final Set<String> CLASSES = Set.of("22", "23");

  /**
   * States of other classes that a record's values or its schema cause: a key too long for an
   * index; types that the columns do not take. The rest of class 42 (no such table or column, no
   * permission) would hit every row.
   */
  private static final Set<String> STATES =
      Set.of(
          "54000", // program_limit_exceeded
          "42804", // datatype_mismatch
          "42846", // cannot_coerce
          "42883"); // undefined_function: no operator compares the column with such a value

  private Refusal() {}

  /**
   * The reason to dead-letter a record.
   *
   * @return null when the failure is not a record's fault, as far as it shows
   */
  static DataException of(RuntimeException failure) {
    SQLException answer = find(failure, SQLException.class);
    if (answer != null) {
      return of(answer);
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

  private static DataException of(SQLException answer) {
    // A batch's exception quotes the statement with all its values; the next one is the server's.
    SQLException servers =
        answer instanceof BatchUpdateException && answer.getNextException() != null
            ? answer.getNextException()
            : answer;
    String state = servers.getSQLState();
    if (state == null
        || state.length() != 5
        || !(CLASSES.contains(state.substring(0, 2)) || STATES.contains(state))) {
      return null;
    }
    return new DataException(
        "PostgreSQL refuses the row (SQLSTATE " + state + "): " + servers.getMessage(), servers);
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
