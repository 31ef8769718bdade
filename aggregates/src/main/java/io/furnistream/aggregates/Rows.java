package io.furnistream.aggregates;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How rows are written; safe for use by several threads.
 *
 * @param keys serializer of their keys
 * @param values serializer of their values
 */
record Rows(Serializer<? super SpecificRecord> keys, Serializer<? super SpecificRecord> values) {}
