/**
 * Closes days: a day's raw records become Parquet files with a manifest that states what they hold.
 */
package io.furnistream.rollup;
