/** Confluent's Avro converter, made to wait for a registry that is away. */
package io.furnistream.connectors.avro;
