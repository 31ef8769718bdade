package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import java.util.List;

/** Whose fault a failed request is, which decides what happens to the record. */
enum Fault {
  /**
   * Neither the record's nor the table's: the node is away, late or overloaded. Wait and try again.
   */
  INFRASTRUCTURE,
  /** The record's: it would fail every time. Report it and continue. */
  DATA,
  /** The configuration's: every record would fail. Stop and say so. */
  CONFIGURATION;

  private static final String DISK_GUARDRAIL = "disk usage";
  private static final String WRONG_CREDENTIALS = "incorrect";

  /** Decides whose fault a failure of the driver is. */
  static Fault of(Throwable failure) {
    if (failure instanceof InvalidQueryException) {
      // The one InvalidQuery that is not a fault of the query: Cassandra refuses writes while a
      // disk
      // is nearly full, and sound records must not be dead-lettered for that.
      return String.valueOf(failure.getMessage()).contains(DISK_GUARDRAIL) ? INFRASTRUCTURE : DATA;
    }
    if (failure instanceof QueryValidationException
        || failure instanceof InvalidKeyspaceException
        || failure instanceof CodecNotFoundException
        || failure instanceof UnsupportedProtocolVersionException) {
      return CONFIGURATION;
    }
    if (failure instanceof FrameTooLongException) {
      return DATA;
    }
    if (failure instanceof AllNodesFailedException all && allRefuse(all)) {
      return CONFIGURATION;
    }
    return failure instanceof DriverException ? INFRASTRUCTURE : CONFIGURATION;
  }

  /** A node that cannot read its roles yet also fails to authenticate: only a wrong name counts. */
  private static boolean allRefuse(AllNodesFailedException failure) {
    List<Throwable> errors =
        failure.getAllErrors().values().stream().flatMap(List::stream).toList();
    return !errors.isEmpty()
        && errors.stream()
            .allMatch(
                error ->
                    error instanceof AuthenticationException
                        && String.valueOf(error.getMessage()).contains(WRONG_CREDENTIALS));
  }
}
