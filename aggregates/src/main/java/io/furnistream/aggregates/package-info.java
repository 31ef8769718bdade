/**
 * The Kafka Streams application from {@code daily_records} to the aggregated topics: exact under
 * duplicates, corrections, tombstones, late records and restarts. Here is the process: its
 * settings, its health, and what it does before and after the topology runs.
 *
 * <p>An aggregate is one class that says what it groups by and what it adds up ({@link
 * io.furnistream.aggregates.tables.Aggregate}); the stages of {@link
 * io.furnistream.aggregates.streams.AggregatesTopology} know no aggregate by name.
 */
package io.furnistream.aggregates;
