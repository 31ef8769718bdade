/** Measures how days are closed: the whole command, and the writer of Parquet files. */
package io.furnistream.benchmarks.rollup;
