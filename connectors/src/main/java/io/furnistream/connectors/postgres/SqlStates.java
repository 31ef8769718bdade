package io.furnistream.connectors.postgres;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;

/**
 * Some of the SQLSTATEs by which PostgreSQL and its driver say what went wrong.
 *
 * @param classes the first two characters of those that are meant whatever follows
 * @param states others, in full
 */
record SqlStates(Set<String> classes, Set<String> states) {

  /** Whether the state of an answer is one of them. */
  boolean contain(SQLException answer) {
    String state = answer.getSQLState();
    return state != null
        && state.length() == 5
        && (classes.contains(state.substring(0, 2)) || states.contains(state));
  }

  /** What PostgreSQL or its driver says in the first cause that is an answer of theirs, or null. */
  static SQLException answer(Throwable failure) {
    SQLException answer = Refusal.find(failure, SQLException.class);
    // A batch's exception quotes the statement with all its values; the next one is the server's.
    return answer instanceof BatchUpdateException && answer.getNextException() != null
        ? answer.getNextException()
        : answer;
  }
}
