package io.furnistream.schemas;

/** A kind of store that the platform's tables land in. */
public enum StoreKind {
  /** Cassandra, in the keyspace {@code furniture}. */
  CASSANDRA("furniture."),
  /** PostgreSQL, in the schema {@code daily_report}. */
  POSTGRES("daily_report."),
  /** The Parquet files of closed days, which stand in no schema. */
  PARQUET("");

  private final String prefix;

  StoreKind(String prefix) {
    this.prefix = prefix;
  }

  /**
   * A table's name with the keyspace or schema that it stands in.
   *
   * @param table safe in a statement as it is, and not checked to be there
   */
  public String qualified(String table) {
    return prefix + table;
  }
}
