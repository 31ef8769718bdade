package io.furnistream.connectors.postgres;

import java.sql.SQLException;
import java.util.Set;

/** Tells faults of PostgreSQL and of the way to it, which pass by themselves, from all others. */
final class Outage {

  private static final SqlStates STATES =
      new SqlStates(
          Set.of(
              "08", // the connection
              "40", // a transaction that was rolled back, for a deadlock for instance
              "53", // memory, disk, too many connections
              "57", // shut down, starting, cancelled
              "58"), // the server's system, such as its disk
          Set.of(
              "25006", // read_only_sql_transaction: a standby, until the roles have changed
              "25P03", // idle_in_transaction_session_timeout: this worker was stopped meanwhile
              "55P03")); // lock_not_available: another transaction has not ended within the limit

  private Outage() {}

  /** Whether a failure is such a fault: the same may succeed later. */
  static boolean isIn(RuntimeException failure) {
    SQLException answer = SqlStates.answer(failure);
    return answer != null && STATES.contain(answer);
  }
}
