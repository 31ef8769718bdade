package io.furnistream.connectors.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;

/** Among which replicas the tasks agree on their stamps. */
enum StampConsistency {
  /** Those of all datacenters: sinks may write in several of them. */
  SERIAL(DefaultConsistencyLevel.SERIAL, DefaultConsistencyLevel.QUORUM),
  /** Those of the local datacenter: right only while every sink writes in that one. */
  LOCAL_SERIAL(DefaultConsistencyLevel.LOCAL_SERIAL, DefaultConsistencyLevel.LOCAL_QUORUM);

  private final DefaultConsistencyLevel serial;
  private final DefaultConsistencyLevel plain;

  StampConsistency(DefaultConsistencyLevel serial, DefaultConsistencyLevel plain) {
    this.serial = serial;
    this.plain = plain;
  }

  /** Of the agreement in a lightweight transaction, and of reading what was agreed. */
  ConsistencyLevel serial() {
    return serial;
  }

  /** Of the write that follows the agreement, and of what needs none. */
  ConsistencyLevel plain() {
    return plain;
  }
}
