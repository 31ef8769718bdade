/** Rows as a Parquet file: columns by their contract, decimals to the digit, zstd. */
package io.furnistream.parquet;
