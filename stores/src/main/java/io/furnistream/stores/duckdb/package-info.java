/** How files are read, and rows put in order, by DuckDB. */
package io.furnistream.stores.duckdb;
