package io.furnistream.datagen.faults;

import io.furnistream.schemas.ContractRules;
import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.UnsoundException;
import io.furnistream.screening.Failure;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** Reads messages as every part does: by the schemas of its subject, then by the rules. */
final class Judge {

  private final ContractRules<DailyRecordKey, DailyRecord> rules = ContractRules.ofSales();
  private final Map<Integer, Schema> keys = Map.of(Sound.KEY_ID, DailyRecordKey.getClassSchema());
  private final Map<Integer, Schema> values =
      Map.of(
          Sound.VALUE_ID,
          DailyRecord.getClassSchema(),
          13,
          DriftedSchemas.compatible().get(0),
          14,
          DriftedSchemas.compatible().get(1));

  /** The rule that a message breaks; empty when it is sound. */
  Optional<String> verdict(int partition, byte[] key, byte[] value) {
    try {
      DailyRecordKey read = rules.readKey(writer(keys, key), key, 5, partition);
      if (value == null) {
        return Optional.empty();
      }
      DailyRecord sale = rules.readValue(writer(values, value), value, 5, read);
      return rules.check(read, sale).map(Failure::rule);
    } catch (UnsoundException e) {
      return Optional.of(e.failure().rule());
    } catch (SerializationException e) {
      return Optional.of("unreadable");
    }
  }

  /** The sale in a message that is sound and no tombstone. */
  DailyRecord sale(int partition, byte[] key, byte[] value) {
    return rules.readValue(
        writer(values, value), value, 5, rules.readKey(writer(keys, key), key, 5, partition));
  }

  DailyRecordKey key(int partition, byte[] key) {
    return rules.readKey(writer(keys, key), key, 5, partition);
  }

  private static Schema writer(Map<Integer, Schema> ofSubject, byte[] bytes) {
    if (bytes == null || bytes.length < 5 || bytes[0] != 0) {
      throw new SerializationException("No schema's id");
    }
    Schema writer = ofSubject.get(ByteBuffer.wrap(bytes).getInt(1));
    if (writer == null) {
      throw new SerializationException("An id that the subject does not have");
    }
    return writer;
  }
}
