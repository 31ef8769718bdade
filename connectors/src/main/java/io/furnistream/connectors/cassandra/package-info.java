/**
 * A Kafka Connect sink for Apache Cassandra: writes are ordered by their offset in Kafka, faults of
 * the infrastructure are retried, and only records at fault are dead-lettered.
 */
package io.furnistream.connectors.cassandra;
