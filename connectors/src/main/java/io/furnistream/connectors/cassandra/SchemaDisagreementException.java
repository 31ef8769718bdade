package io.furnistream.connectors.cassandra;

/** A node does not know a table or column that others know. Not for callers outside the package. */
final class SchemaDisagreementException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SchemaDisagreementException(String what, Throwable cause) {
    super("Cassandra's nodes do not all have the schema of " + what + " yet", cause);
  }
}
