package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import java.util.List;
import java.util.regex.Pattern;

/** Whose fault a failed request is, which decides what happens to the record. */
enum Fault {
  /**
   * Neither the record's nor the table's: the node is away, late or overloaded. Wait and try again.
   */
  INFRASTRUCTURE,
  /**
   * The node's that was asked, if others know the table and its columns; otherwise the
   * configuration's.
   */
  SCHEMA,
  /** The record's: it would fail every time. Report it and continue. */
  DATA,
  /** The configuration's: every record would fail. Stop and say so. */
  CONFIGURATION;

  private static final String DISK_GUARDRAIL = "disk usage";
  private static final String WRONG_CREDENTIALS = "incorrect";

  /** A node that cannot read who may do what refuses everything. */
  private static final String ROLES_AWAY = "Unable to perform auth";

  /** How Cassandra says that it does not know a keyspace, a table or a column. */
  private static final Pattern UNKNOWN_SCHEMA =
      Pattern.compile(
          "(?i)\\b(keyspace|table|columnfamily|column)\\b.*(does not|doesn't) exist"
              + "|undefined column|unconfigured (table|columnfamily)"
              + "|unknown (identifier|keyspace|table)");

  /** Decides whose fault a failure of the driver is. */
  static Fault of(Throwable failure) {
    if (failure instanceof InvalidQueryException) {
      return ofInvalid(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof UnauthorizedException
        && String.valueOf(failure.getMessage()).contains(ROLES_AWAY)) {
      return INFRASTRUCTURE;
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

  /** An invalid query is the record's fault, but for two. */
  private static Fault ofInvalid(String message) {
    if (message.contains(DISK_GUARDRAIL)) {
      // Cassandra refuses writes while a disk is nearly full.
      return INFRASTRUCTURE;
    }
    return UNKNOWN_SCHEMA.matcher(message).find() ? SCHEMA : DATA;
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
