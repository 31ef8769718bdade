/**
 * How {@code daily_records} is read: what a consumer notes, how keys and values are decoded and
 * checked against the rules.
 */
package io.furnistream.aggregates.reading;
