/**
 * Single Message Transforms for Kafka Connect, by the names that connectors give, each with its
 * properties. They know nothing of the furniture store: everything they need is in their
 * configuration.
 */
package io.furnistream.transforms;
