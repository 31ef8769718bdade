package io.furnistream.datagen.faults;

import io.furnistream.schemas.DailyRecord;
import io.furnistream.schemas.DailyRecordKey;
import io.furnistream.schemas.RecordId;
import io.furnistream.schemas.Topic;
import java.time.Instant;

/**
 * A sale that the generator made.
 *
 * @param id names it and says which partition it belongs to
 */
public record Sale(RecordId id, DailyRecordKey key, DailyRecord value) {

  /** Where it belongs. */
  int partition() {
    return id.partition(Topic.DAILY_RECORDS.partitions());
  }

  /** When it was sold, which is also its timestamp in Kafka. */
  Instant time() {
    return value.getTs();
  }

  /** The same sale under another id: a record of its own. */
  Sale as(RecordId other) {
    return new Sale(
        other,
        new DailyRecordKey(key.getTsDate(), other.bucket(), other.text()),
        DailyRecord.newBuilder(value).setTsId(other.text()).build());
  }
}
