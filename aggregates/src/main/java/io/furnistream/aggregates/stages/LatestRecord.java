package io.furnistream.aggregates.stages;

import io.furnistream.aggregates.reading.SourceSerdes;
import io.furnistream.aggregates.tables.ByteReader;
import java.util.Comparator;
import org.apache.kafka.common.utils.Bytes;

/**
 * A record with its place among the latest: the last day first, then the last moment, then by id.
 *
 * @param day of the record's key, in days since 1970-01-01
 * @param time when the order was placed, in milliseconds since 1970-01-01T00:00:00Z
 * @param key the record's key, in the form of {@link SourceSerdes}
 */
record LatestRecord(int day, long time, Bytes key) implements Comparable<LatestRecord> {

  private static final Comparator<LatestRecord> LATEST_FIRST =
      Comparator.<LatestRecord>comparingInt(LatestRecord::day)
          .thenComparingLong(LatestRecord::time)
          .reversed()
          .thenComparing(LatestRecord::id)
          .thenComparing(LatestRecord::key);

  static LatestRecord of(byte[] recordKey, long time) {
    return new LatestRecord(day(recordKey), time, Bytes.wrap(recordKey));
  }

  /** The day that a record's key begins with. */
  static int day(byte[] recordKey) {
    return new ByteReader(recordKey).orderedInt();
  }

  /** The record's {@code ts_id}. */
  String id() {
    ByteReader reader = new ByteReader(key.get());
    reader.orderedInt();
    reader.number();
    return reader.text();
  }

  @Override
  public int compareTo(LatestRecord other) {
    return LATEST_FIRST.compare(this, other);
  }
}
