/**
 * The topology of the stages in Kafka Streams: how a stage runs in a task, when it commits, and
 * what its stores may take.
 */
package io.furnistream.aggregates.streams;
