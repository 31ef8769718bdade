package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import java.util.List;

/**
 * How the records of one topic go into one table.
 *
 * @param topic the record's topic, after the transforms
 * @param keyspace the table's keyspace
 * @param table the table
 * @param columns the columns and what fills them; empty where every column is filled by the field
 *     of its own name
 * @param consistency how many replicas must acknowledge a write
 * @param nullToUnset whether null leaves a column as it is; otherwise it erases it
 * @param deletesEnabled whether a tombstone deletes the row; otherwise it is passed over
 */
public record TableMapping(
    String topic,
    String keyspace,
    String table,
    List<ColumnSource> columns,
    ConsistencyLevel consistency,
    boolean nullToUnset,
    boolean deletesEnabled) {

  /** Whether every column is filled by the field of its own name. */
  public boolean byName() {
    return columns.isEmpty();
  }

  /** The property that holds the mapping. */
  String property() {
    return "topic." + topic + "." + keyspace + "." + table + ".mapping";
  }

  @Override
  public String toString() {
    return keyspace + "." + table;
  }
}
