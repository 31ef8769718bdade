package io.furnistream.aggregates;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.SaleRules;
import io.furnistream.screening.Failure;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * How the topology reads {@code daily_records}. Everything that can be wrong with a record is found
 * here, where it goes to the dead-letter topic: the stages can trust what they get. A record that
 * breaks a rule is passed over like one that cannot be read, and what its key held before stays.
 */
final class SourceSerdes {

  private static final SaleRules RULES = SaleRules.load();

  private SourceSerdes() {}

  /**
   * The record's key in a form of its own: the bytes on the topic carry the schema's id, by which a
   * record must not be told from its correction.
   *
   * @param settings those of Confluent's deserializer
   */
  static Deserializer<byte[]> key(Map<String, ?> settings) {
    ContractDeserializer<DailyRecordKey> keys =
        new ContractDeserializer<>(DailyRecordKey.class, settings, true);
    return reading(
        (topic, headers, bytes) -> {
          DailyRecordKey key = keys.deserialize(topic, bytes);
          if (key == null) {
            throw new SerializationException("The record has no key");
          }
          RULES.check(key).ifPresent(SourceSerdes::refuse);
          headers.add(new ReadKey(key));
          return new ByteWriter()
              .orderedInt(Math.toIntExact(key.getTsDate().toEpochDay()))
              .number(key.getBucket())
              .text(key.getTsId())
              .toByteArray();
        });
  }

  /**
   * What the aggregates read of the record; null for a tombstone.
   *
   * @param settings those of Confluent's deserializer
   */
  static Deserializer<Sale> value(Map<String, ?> settings) {
    ContractDeserializer<DailyRecord> values =
        new ContractDeserializer<>(DailyRecord.class, settings, false);
    return reading(
        (topic, headers, bytes) -> {
          DailyRecordKey key = ReadKey.takenFrom(headers);
          DailyRecord sold = values.deserialize(topic, bytes);
          if (sold == null) {
            return null;
          }
          RULES.check(key, sold).ifPresent(SourceSerdes::refuse);
          try {
            return Sale.of(sold);
          } catch (IllegalArgumentException e) {
            throw new SerializationException(e.getMessage(), e);
          }
        });
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(String topic, Headers headers, byte[] bytes);
  }

  private static <T> Deserializer<T> reading(Reading<T> reading) {
    return new Deserializer<>() {
      @Override
      public T deserialize(String topic, byte[] bytes) {
        throw new UnsupportedOperationException("Keys and values are read with their headers");
      }

      @Override
      public T deserialize(String topic, Headers headers, byte[] bytes) {
        return reading.of(topic, headers, bytes);
      }
    };
  }

  private static void refuse(Failure failure) {
    throw new UnsoundRecordException(failure);
  }
}
