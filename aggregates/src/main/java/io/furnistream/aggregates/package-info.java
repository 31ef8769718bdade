/**
 * The Kafka Streams topology from {@code daily_records} to the aggregated topics: exact under
 * duplicates, corrections, tombstones, late records and restarts.
 *
 * <p>An aggregate is one class that says what it groups by and what it adds up ({@link
 * io.furnistream.aggregates.Aggregate}); the three stages of {@link
 * io.furnistream.aggregates.AggregatesTopology} know no aggregate by name.
 */
package io.furnistream.aggregates;
