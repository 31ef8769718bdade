/**
 * The aggregates: what each reads of a sale, what it adds up and counts, how its row is made, and
 * the bytes that its keys and sums have in the state stores. Nothing here knows of Kafka Streams.
 */
package io.furnistream.aggregates.tables;
