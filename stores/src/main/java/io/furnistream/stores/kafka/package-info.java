/** Reads Kafka: committed records, and how far consumer groups have come. */
package io.furnistream.stores.kafka;
