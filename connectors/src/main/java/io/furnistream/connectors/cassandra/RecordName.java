package io.furnistream.connectors.cassandra;

import org.apache.kafka.connect.sink.SinkRecord;

/** How messages name a record: by where it is in Kafka, never by what is in it. */
final class RecordName {

  private RecordName() {}

  static String of(SinkRecord record) {
    return "topic %s, partition %d, offset %d"
        .formatted(
            record.originalTopic(), record.originalKafkaPartition(), record.originalKafkaOffset());
  }
}
