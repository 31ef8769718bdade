package io.furnistream.schemas;

/** A kind of store that the platform's tables land in. */
public enum StoreKind {
  /** Cassandra, in the keyspace {@code furniture}. */
  CASSANDRA,
  /** PostgreSQL, in the schema {@code daily_report}. */
  POSTGRES,
  /** The Parquet files of closed days. */
  PARQUET
}
