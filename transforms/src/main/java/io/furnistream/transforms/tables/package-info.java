/** Reference tables that records are joined with: files (CSV, Parquet) and compacted topics. */
package io.furnistream.transforms.tables;
