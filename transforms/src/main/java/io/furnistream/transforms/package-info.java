/**
 * Single Message Transforms for Kafka Connect. They know nothing of the furniture store: whatever
 * they need is in their configuration.
 */
package io.furnistream.transforms;
