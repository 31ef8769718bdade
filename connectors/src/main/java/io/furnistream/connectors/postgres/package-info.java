/**
 * Debezium's JDBC sink for PostgreSQL, with what its version 3.6 lacks: a row that PostgreSQL
 * refuses affects only itself, and a delete never removes more than one row.
 */
package io.furnistream.connectors.postgres;
