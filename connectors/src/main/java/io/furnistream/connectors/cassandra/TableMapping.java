package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import java.util.List;

/**
 * How the records of one topic go into one table.
 *
 * @param topic the record's topic, after the transforms
 * @param keyspace the table's keyspace
 * @param table the table
 * @param byName whether every column that is not among {@code columns} is filled by the field of
 *     its own name
 * @param columns columns and what fills them
 * @param consistency how many replicas must acknowledge a write
 * @param nullToUnset whether null leaves a column as it is; otherwise it erases it
 * @param deletesEnabled whether a tombstone deletes the row; otherwise it is passed over
 */
public record TableMapping(
    String topic,
    String keyspace,
    String table,
    boolean byName,
    List<ColumnSource> columns,
    ConsistencyLevel consistency,
    boolean nullToUnset,
    boolean deletesEnabled) {

  /** The property that holds the mapping. */
  String property() {
    return "topic." + topic + "." + keyspace + "." + table + ".mapping";
  }

  @Override
  public String toString() {
    return keyspace + "." + table;
  }
}
