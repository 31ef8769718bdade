/**
 * Debezium's JDBC sink for PostgreSQL, with what its version 3.6 has not: a row that PostgreSQL
 * refuses costs that row, and a delete never takes more rows than one.
 */
package io.furnistream.connectors.postgres;
