package io.furnistream.aggregates.reading;

import io.furnistream.aggregates.tables.ByteWriter;
import io.furnistream.aggregates.tables.Sale;
import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.screening.Failure;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * How the topology reads {@code daily_records}. Everything that can be wrong with a record is found
 * here, where it goes to the dead-letter topic: the stages can trust what they get. A record that
 * breaks a rule is skipped like one that cannot be read, and what its key held before stays.
 */
public final class SourceSerdes {

  private static final ContractRules<DailyRecordKey, DailyRecord> RULES = ContractRules.ofSales();

  private SourceSerdes() {}

  /**
   * The record's key in a form of its own: the bytes on the topic carry the schema's id, in which a
   * record may differ from its correction.
   *
   * @param registry properties of the registry's client
   */
  public static Deserializer<byte[]> key(Map<String, Object> registry) {
    return new ContractDeserializer<>(
        registry,
        "key",
        (writer, bytes, from, headers) -> {
          if (bytes == null) {
            throw new SerializationException("The record has no key");
          }
          DailyRecordKey key = RULES.readKey(writer, bytes, from, ReadPartition.takenFrom(headers));
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
   * @param registry properties of the registry's client
   */
  public static Deserializer<Sale> value(Map<String, Object> registry) {
    return new ContractDeserializer<>(
        registry,
        "value",
        (writer, bytes, from, headers) -> {
          DailyRecordKey key = ReadKey.takenFrom(headers);
          if (bytes == null) {
            return null;
          }
          DailyRecord sold = RULES.readValue(writer, bytes, from, key);
          RULES.check(key, sold).ifPresent(SourceSerdes::refuse);
          try {
            return Sale.of(sold);
          } catch (IllegalArgumentException e) {
            throw new SerializationException(e.getMessage(), e);
          }
        });
  }

  private static void refuse(Failure failure) {
    throw new UnsoundRecordException(failure);
  }
}
