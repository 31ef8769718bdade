package io.furnistream.verify.records;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record's key and value as their writers wrote them, by whatever schema.
 *
 * @param key the key
 * @param value null for a tombstone
 */
record AsWritten(GenericRecord key, GenericRecord value) {

  /**
   * Reads both; empty where one of them cannot be read.
   *
   * @throws io.furnistream.cli.CannotRunException when the registry does not answer
   */
  static Optional<AsWritten> of(ConsumerRecord<byte[], byte[]> record, AvroReader avro) {
    try {
      GenericRecord key = avro.asWritten(record.topic() + "-key", record.key());
      return Optional.of(
          new AsWritten(
              key,
              record.value() == null
                  ? null
                  : avro.asWritten(record.topic() + "-value", record.value())));
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  /** What the quarantine must say of it. */
  String quarantined(LocalDate recordDate, String rule) {
    return QuarantineRow.of(recordDate, rule, key, value).json();
  }
}
